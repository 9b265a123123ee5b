import { create, fromBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type VersionMove,
  VersionMoveImpactSchema,
  type VersionMovePlan,
  VersionMovePlanSchema,
  VersionMoveSchema,
  type VersionMoveState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";

/** A move as it is stored, with what its items come to; counts of 64 bits are text. */
export interface VersionMoveRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly course_id: string;
  readonly plan: Uint8Array;
  readonly impact: Uint8Array;
  readonly share_percent: number;
  readonly state: VersionMoveState;
  readonly reverting: boolean;
  readonly created_by: string;
  readonly request_hash: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly ended_at: Date | null;
  readonly moved: string;
  readonly reverted: string;
}

/** Columns of a {@link VersionMoveRow} over a move `m`. */
export const MOVE_COLUMNS = `m.*,
  (select count(*) from version_move_item i where i.version_move_id = m.id and i.to_instance_id is not null) as moved,
  (select count(*) from version_move_item i where i.version_move_id = m.id and i.reverted_at is not null) as reverted`;

/** @throws VERSION_MOVE_NOT_FOUND */
export async function requireMove(client: pg.ClientBase, tenantId: string, id: string): Promise<VersionMoveRow> {
  const { rows } = await client.query<VersionMoveRow>(
    `select ${MOVE_COLUMNS} from version_move m where m.tenant_id = $1 and m.id = $2`,
    [tenantId, id],
  );
  if (rows[0] === undefined) throw errors.versionMoveNotFound({ id });
  return rows[0];
}

export const planOf = ({ plan }: VersionMoveRow): VersionMovePlan => fromBinary(VersionMovePlanSchema, plan);

export function toVersionMove(row: VersionMoveRow): VersionMove {
  return create(VersionMoveSchema, {
    id: row.id,
    plan: planOf(row),
    impact: fromBinary(VersionMoveImpactSchema, row.impact),
    sharePercent: row.share_percent,
    state: row.state,
    movedCount: BigInt(row.moved),
    revertedCount: BigInt(row.reverted),
    createdBy: row.created_by,
    createTime: timestampFromDate(row.created_at),
    updateTime: timestampFromDate(row.updated_at),
  });
}
