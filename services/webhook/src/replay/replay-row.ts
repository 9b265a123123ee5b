import { create, fromBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import {
  type Replay,
  ReplayPlanSchema,
  ReplaySchema,
  type ReplayState,
} from "@coursemesh/proto/coursemesh/webhook/v1/replay_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";

/** A replay with how far it is. */
export interface ReplayRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly endpoint_id: string;
  readonly plan: Buffer;
  readonly state: ReplayState;
  readonly total_count: string;
  readonly through: string;
  readonly delivered: string;
  readonly failed: string;
  readonly created_by: string;
  readonly request_hash: string;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}

const countOf = (state: DeliveryState): string =>
  `(select count(*) from delivery d where d.replay_id = r.id and d.state = ${state})`;

/** Replays as {@link ReplayRow}; the condition follows, with `r`. */
export const SELECT_REPLAYS = `select r.*, coalesce(r.delivered_count, ${countOf(DeliveryState.DELIVERED)}) as delivered,
  coalesce(r.failed_count, ${countOf(DeliveryState.FAILED)}) as failed from replay r`;

/** @throws REPLAY_NOT_FOUND */
export async function requireReplay(client: pg.ClientBase, tenantId: string, id: string): Promise<ReplayRow> {
  const { rows } = await client.query<ReplayRow>(`${SELECT_REPLAYS} where r.tenant_id = $1 and r.id = $2`, [
    tenantId,
    id,
  ]);
  if (rows[0] === undefined) throw errors.replayNotFound({ id });
  return rows[0];
}

/** A replay as the contract has it. */
export function toReplay(row: ReplayRow): Replay {
  return create(ReplaySchema, {
    id: row.id,
    plan: fromBinary(ReplayPlanSchema, row.plan),
    state: row.state,
    totalCount: BigInt(row.total_count),
    deliveredCount: BigInt(row.delivered),
    failedCount: BigInt(row.failed),
    createTime: timestampFromDate(row.created_at),
    ...(row.ended_at && { endTime: timestampFromDate(row.ended_at) }),
    createdBy: row.created_by,
  });
}
