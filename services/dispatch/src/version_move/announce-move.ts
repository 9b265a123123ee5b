import { create } from "@bufbuild/protobuf";
import { VersionMoveChangedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import type { VersionMove } from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import { toVersionMove, type VersionMoveRow } from "./version-move-row.ts";

/** Announces how a move stands, in the transaction that made it so; answers it as the contract shows it. */
export async function announceMove(client: pg.ClientBase, row: VersionMoveRow): Promise<VersionMove> {
  const versionMove = toVersionMove(row);
  await announce(client, row.tenant_id, VersionMoveChangedSchema, create(VersionMoveChangedSchema, { versionMove }));
  return versionMove;
}
