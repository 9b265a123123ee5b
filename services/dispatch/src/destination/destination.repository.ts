import type pg from "pg";
import { errors } from "../errors.ts";
import type { DestinationColumns, DestinationRow } from "./destination-row.ts";

const CHANGING = [
  "name",
  "tags",
  "tag_keys",
  "search_text",
  "email",
  "notes",
  "enabled",
  "terms",
  "usage_limit",
  "seat_limit",
  "seat_idle_seconds",
  "starts_at",
  "expires_at",
  "branding",
  "host_options",
] as const satisfies readonly (keyof DestinationColumns)[];
const FIXED = [
  "id",
  "tenant_id",
  "external_id",
  "request_id",
  "request_hash",
  "created_at",
  "updated_at",
] as const satisfies readonly (keyof DestinationRow)[];

/** A destination that a request makes. */
export type NewDestination = Pick<DestinationRow, (typeof FIXED)[number]> & DestinationColumns;

/** One destination, kept from changing when asked for. @throws DESTINATION_NOT_FOUND */
export async function requireDestination(
  client: pg.ClientBase,
  tenantId: string,
  by: { readonly case: "id" | "externalId"; readonly value: string },
  lock = false,
): Promise<DestinationRow> {
  const column = by.case === "id" ? "id" : "external_id";
  const { rows } = await client.query<DestinationRow>(
    `select * from destination where tenant_id = $1 and ${column} = $2 ${lock ? "for update" : ""}`,
    [tenantId, by.value],
  );
  if (rows[0] === undefined) throw errors.destinationNotFound({ id: by.value });
  return rows[0];
}

/** The destination that a request made before. */
export async function destinationOfRequest(
  client: pg.ClientBase,
  tenantId: string,
  requestId: string,
): Promise<DestinationRow | undefined> {
  const query = "select * from destination where tenant_id = $1 and request_id = $2";
  return (await client.query<DestinationRow>(query, [tenantId, requestId])).rows[0];
}

/** Writes a destination with its usage. Answers the row, or undefined when its external id or request was there before. */
export async function insertDestination(
  client: pg.ClientBase,
  row: NewDestination,
): Promise<DestinationRow | undefined> {
  const columns = [...FIXED, ...CHANGING];
  const places = columns.map((_, index) => `$${index + 1}`);
  const { rows } = await client.query<DestinationRow>(
    `insert into destination (${columns.join(", ")}) values (${places.join(", ")}) on conflict do nothing returning *`,
    columns.map((column) => row[column]),
  );
  if (rows[0] === undefined) return undefined;
  await client.query("insert into licence_usage (subject_id, tenant_id) values ($1, $2)", [row.id, row.tenant_id]);
  return rows[0];
}

/** Changes a destination. Answers it as it is now. */
export async function changeDestination(
  client: pg.ClientBase,
  { id, tenant_id }: DestinationRow,
  columns: DestinationColumns,
  now: Date,
): Promise<DestinationRow> {
  const sets = CHANGING.map((column, index) => `${column} = $${index + 4}`);
  const { rows } = await client.query<DestinationRow>(
    `update destination set ${sets.join(", ")}, version = version + 1, updated_at = $3
     where tenant_id = $1 and id = $2 returning *`,
    [tenant_id, id, now, ...CHANGING.map((column) => columns[column])],
  );
  if (rows[0] === undefined) throw errors.destinationNotFound({ id });
  return rows[0];
}
