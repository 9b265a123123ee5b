import { create } from "@bufbuild/protobuf";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import {
  type ListRefusalsRequest,
  type Refusal,
  type RefusalReason,
  RefusalSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type pg from "pg";
import { hostOfAddress } from "./allowed-domain.ts";

/** A launch that was refused, as it is stored. */
export interface RefusalRow {
  readonly id: string;
  readonly dispatch_id: string;
  readonly deployment_id: string | null;
  readonly reason: RefusalReason;
  readonly learner_id: string;
  readonly origin: string;
  readonly created_at: Date;
}

const WHERE = `r.tenant_id = $1 and ($2::uuid is null or r.dispatch_id = $2)
  and (cardinality($3::int[]) = 0 or r.reason = any($3))
  and ($4::timestamptz is null or r.created_at >= $4) and ($5::timestamptz is null or r.created_at <= $5)`;

/** Newest first, one more than asked for. */
export async function listRefusals(
  client: pg.ClientBase,
  tenantId: string,
  request: ListRefusalsRequest,
  { after, limit }: PageStart,
): Promise<RefusalRow[]> {
  const { rows } = await client.query<RefusalRow>(
    `select r.* from refusal r where ${WHERE} and ($6::uuid is null or r.id < $6) order by r.id desc limit $7`,
    [...valuesOf(tenantId, request), after?.[0] ?? null, limit + 1],
  );
  return rows;
}

export async function countRefusals(
  client: pg.ClientBase,
  tenantId: string,
  request: ListRefusalsRequest,
): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) as count from refusal r where ${WHERE}`,
    valuesOf(tenantId, request),
  );
  return BigInt(rows[0]?.count ?? 0);
}

export function toRefusal(row: RefusalRow): Refusal {
  return create(RefusalSchema, {
    id: row.id,
    dispatchId: row.dispatch_id,
    deploymentId: row.deployment_id ?? "",
    reason: row.reason,
    learnerId: row.learner_id,
    domain: hostOfAddress(row.origin) || row.origin,
    time: timestampFromDate(row.created_at),
  });
}

function valuesOf(tenantId: string, { dispatchId, reasons, since, until }: ListRefusalsRequest): unknown[] {
  const times = [since, until].map((time) => (time ? timestampDate(time) : null));
  return [tenantId, dispatchId || null, reasons, ...times];
}
