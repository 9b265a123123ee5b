import { inTenant } from "@coursemesh/platform/db/database.ts";
import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import { EndpointStatus } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";
import { typeKeysOf } from "../event-type/event-type-name.ts";
import type { EndpointRow } from "./endpoint-row.ts";

/** Which endpoints a list shows. */
export interface EndpointQuery {
  readonly text: string;
  readonly statuses: readonly EndpointStatus[];
  readonly eventType: string;
  readonly withOwned: boolean;
}

const COLUMNS = [
  "id",
  "tenant_id",
  "name",
  "description",
  "url",
  "types",
  "course_ids",
  "registration_ids",
  "learner_ids",
  "destination_ids",
  "dispatch_ids",
  "tags",
  "postback",
  "settings",
  "sealed_password",
  "sealed_headers",
  "policy",
  "timeout_ms",
  "max_concurrency",
  "max_per_minute",
  "ordering",
  "status",
  "status_reason",
  "owner_kind",
  "owner_id",
  "fallback_url",
  "request_id",
  "request_hash",
  "version",
  "created_at",
  "updated_at",
] as const satisfies readonly (keyof EndpointRow)[];

const SELECT = "select p.*, q.failing_since from endpoint p join endpoint_queue q on q.endpoint_id = p.id";
const SEEN_STATUS = `case when p.status = ${EndpointStatus.ACTIVE} and q.failing_since is not null then ${EndpointStatus.FAILING} else p.status end`;

/** One endpoint, kept from changing when asked for. @throws ENDPOINT_NOT_FOUND */
export async function requireEndpoint(
  client: pg.ClientBase,
  tenantId: string,
  id: string,
  lock = false,
): Promise<EndpointRow> {
  const { rows } = await client.query<EndpointRow>(
    `${SELECT} where p.tenant_id = $1 and p.id = $2 ${lock ? "for update" : ""}`,
    [tenantId, id],
  );
  if (rows[0] === undefined) throw errors.endpointNotFound({ id });
  return rows[0];
}

/** The endpoint that a request made before. */
export async function endpointOfRequest(
  client: pg.ClientBase,
  tenantId: string,
  requestId: string,
): Promise<EndpointRow | undefined> {
  const { rows } = await client.query<EndpointRow>(`${SELECT} where p.tenant_id = $1 and p.request_id = $2`, [
    tenantId,
    requestId,
  ]);
  return rows[0];
}

/** Writes an endpoint with its queue, or changes it. */
export async function saveEndpoint(client: pg.ClientBase, row: EndpointRow): Promise<void> {
  const places = COLUMNS.map((_, index) => `$${index + 1}`);
  const changes = COLUMNS.slice(2).map((column) => `${column} = excluded.${column}`);
  await client.query(
    `insert into endpoint (${COLUMNS.join(", ")}) values (${places.join(", ")}) on conflict (id) do update set ${changes.join(", ")}`,
    COLUMNS.map((column) => row[column]),
  );
  await client.query(
    "insert into endpoint_queue (endpoint_id, tenant_id) values ($1, $2) on conflict (endpoint_id) do nothing",
    [row.id, row.tenant_id],
  );
}

/** Removes an endpoint with everything of its own. Answers whether it was there. */
export async function removeEndpoint(client: pg.ClientBase, tenantId: string, id: string): Promise<boolean> {
  const { rowCount } = await client.query("delete from endpoint where tenant_id = $1 and id = $2", [tenantId, id]);
  return rowCount === 1;
}

/** By name, one more than asked for; and how many there are. */
export function listEndpoints(
  pool: pg.Pool,
  tenantId: string,
  { text, statuses, eventType, withOwned }: EndpointQuery,
  { after, limit }: PageStart,
): Promise<{ rows: EndpointRow[]; count: () => Promise<number> }> {
  const where = `p.tenant_id = $1 and ($2 or p.owner_id is null) and ($3 = '' or p.name ilike $3 or p.url ilike $3)
    and (cardinality($4::int[]) = 0 or ${SEEN_STATUS} = any($4)) and ($5::text[] is null or p.types = '{}' or p.types && $5)`;
  const values = [
    tenantId,
    withOwned,
    text.trim() === "" ? "" : containing(text.trim()),
    statuses,
    eventType === "" ? null : typeKeysOf(eventType),
  ];
  return inTenant(pool, tenantId, async (client) => {
    const { rows } = await client.query<EndpointRow>(
      `${SELECT} where ${where} and ($6::text is null or (p.name, p.id) > ($6, $7::uuid)) order by p.name, p.id limit $8`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const count = () =>
      inTenant(pool, tenantId, async (other) => {
        const { rows: counts } = await other.query<{ count: number }>(
          `select count(*)::int as count from endpoint p join endpoint_queue q on q.endpoint_id = p.id where ${where}`,
          values,
        );
        return counts[0]?.count ?? 0;
      });
    return { rows, count };
  });
}

/** Endpoints made by hand. */
export async function countOwnEndpoints(client: pg.ClientBase, tenantId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "select count(*)::int as count from endpoint where tenant_id = $1 and owner_id is null",
    [tenantId],
  );
  return rows[0]?.count ?? 0;
}
