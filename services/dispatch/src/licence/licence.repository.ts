import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { PageKeys, PageStart } from "@coursemesh/platform/page/page-token.ts";
import {
  type Licence,
  LicenceSchema,
  type ListLicencesRequest,
} from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";
import { afterSql } from "../search/list-order.ts";
import { licenceStatusSql } from "./licence-status.ts";
import { readTerms } from "./licence-terms.ts";
import { toUsage, type UsageRow, usageOfDestinations, usageOfDispatches } from "./licence-usage.ts";

/** What a licence belongs to. */
export interface LicenceSubject {
  readonly case: "dispatchId" | "destinationId";
  readonly value: string;
}

/** What a licence belongs to, and to whom. */
export interface LicenceSource {
  readonly name: string;
  readonly terms: Buffer;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly created_at: Date;
}

/** A dispatch in a list of licences. */
export interface LicenceRow extends LicenceSource {
  readonly id: string;
  /** Part of the limit that is used; below 0 without a limit. */
  readonly share: number;
}

const OWNED = "d.name, d.terms, d.destination_id as owner_id, o.name as owner_name, d.created_at";
const OWNER = "join destination o on o.id = d.destination_id";
/** Unlimited ones come last. */
const SHARE = "case when d.usage_limit > 0 then u.used::float8 / d.usage_limit else -1 end";
const WHERE = `d.tenant_id = $1 and ($2::uuid is null or d.destination_id = $2)
  and (cardinality($3::int[]) = 0 or ${licenceStatusSql("$4::timestamptz")} = any($3))`;

/** Terms and use of one subject. @throws DISPATCH_NOT_FOUND, DESTINATION_NOT_FOUND */
export async function requireLicence(
  client: pg.ClientBase,
  tenantId: string,
  of: LicenceSubject,
  now: Date,
): Promise<Licence> {
  const { rows } = await client.query<LicenceSource>(
    of.case === "dispatchId"
      ? `select ${OWNED} from dispatch d ${OWNER} where d.tenant_id = $1 and d.id = $2`
      : "select name, terms, id as owner_id, name as owner_name, created_at from destination where tenant_id = $1 and id = $2",
    [tenantId, of.value],
  );
  const [row] = rows;
  if (row === undefined) throw notFound(of);
  const usages = of.case === "dispatchId" ? usageOfDispatches : usageOfDestinations;
  return toLicence(of, row, (await usages(client, [of.value], now)).get(of.value), now);
}

/** Dispatches nearest their limit first, one more than asked for. */
export async function listLicences(
  client: pg.ClientBase,
  tenantId: string,
  request: ListLicencesRequest,
  start: PageStart,
  now: Date,
): Promise<LicenceRow[]> {
  const after = afterSql({ column: SHARE, type: "float8", descending: true }, "d.id", 5);
  const { rows } = await client.query<LicenceRow>(
    `select d.id, ${OWNED}, ${SHARE} as share from dispatch d ${OWNER} join licence_usage u on u.subject_id = d.id
     where ${WHERE} ${after} limit $7`,
    [...valuesOf(tenantId, request, now), start.after?.[0] ?? null, start.after?.[1] ?? null, start.limit + 1],
  );
  return rows;
}

export async function countLicences(
  client: pg.ClientBase,
  tenantId: string,
  request: ListLicencesRequest,
  now: Date,
): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) as count from dispatch d join licence_usage u on u.subject_id = d.id where ${WHERE}`,
    valuesOf(tenantId, request, now),
  );
  return BigInt(rows[0]?.count ?? 0);
}

export function licenceKeys({ share, id }: LicenceRow): PageKeys {
  return [share, id];
}

export function toLicence(of: LicenceSubject, source: LicenceSource, usage: UsageRow | undefined, now: Date): Licence {
  return create(LicenceSchema, {
    of,
    name: source.name,
    terms: readTerms(source),
    ownerId: source.owner_id,
    ownerName: source.owner_name,
    createTime: timestampFromDate(source.created_at),
    ...(usage && { usage: toUsage(usage, now) }),
  });
}

export function notFound({ case: kind, value }: LicenceSubject): Error {
  return kind === "dispatchId" ? errors.dispatchNotFound({ id: value }) : errors.destinationNotFound({ id: value });
}

function valuesOf(tenantId: string, { destinationId, statuses }: ListLicencesRequest, now: Date): unknown[] {
  return [tenantId, destinationId || null, statuses, now];
}
