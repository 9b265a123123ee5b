import { create } from "@bufbuild/protobuf";
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

/** A dispatch in a list of licences. */
export interface LicenceRow {
  readonly id: string;
  readonly name: string;
  readonly terms: Buffer;
  /** Part of the limit that is used; below 0 without a limit. */
  readonly share: number;
}

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
  const table = of.case === "dispatchId" ? "dispatch" : "destination";
  const { rows } = await client.query<{ name: string; terms: Buffer }>(
    `select name, terms from ${table} where tenant_id = $1 and id = $2`,
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
    `select d.id, d.name, d.terms, ${SHARE} as share from dispatch d join licence_usage u on u.subject_id = d.id
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

export function toLicence(
  of: LicenceSubject,
  { name, terms }: { readonly name: string; readonly terms: Uint8Array },
  usage: UsageRow | undefined,
  now: Date,
): Licence {
  return create(LicenceSchema, {
    of,
    name,
    terms: readTerms({ terms }),
    ...(usage && { usage: toUsage(usage, now) }),
  });
}

export function notFound({ case: kind, value }: LicenceSubject): Error {
  return kind === "dispatchId" ? errors.dispatchNotFound({ id: value }) : errors.destinationNotFound({ id: value });
}

function valuesOf(tenantId: string, { destinationId, statuses }: ListLicencesRequest, now: Date): unknown[] {
  return [tenantId, destinationId || null, statuses, now];
}
