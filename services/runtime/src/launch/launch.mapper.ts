import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Launch, LaunchEnd, LaunchSchema } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { LaunchRow } from "./launch.entity.ts";

/** What of a launch's row the contract shows. */
export type ShownLaunch = Omit<
  LaunchRow,
  | "tenantId"
  | "requestId"
  | "requestHash"
  | "terms"
  | "untracked"
  | "packageId"
  | "courseVersionId"
  | "returnUrl"
  | "locale"
  | "frameAncestors"
  | "epoch"
>;

/** A launch as the contract shows it. One whose address ran out unopened has ended with that moment. */
export function launchMessage(row: ShownLaunch, now: Date = new Date()): Launch {
  const expired = !row.openedAt && !row.endedAt && row.expiresAt <= now;
  const endedAt = expired ? row.expiresAt : row.endedAt;
  return create(LaunchSchema, {
    id: row.id,
    registrationId: row.registrationId,
    instanceId: row.instanceId,
    mode: row.mode,
    createTime: timestampFromDate(row.createdAt),
    ...(row.openedAt && { openTime: timestampFromDate(row.openedAt) }),
    ...(row.activeAt && { activityTime: timestampFromDate(row.activeAt) }),
    ...(endedAt && { endTime: timestampFromDate(endedAt) }),
    end: expired ? LaunchEnd.EXPIRED : row.endKind,
    lastSeq: row.lastSeq,
    userAgent: row.userAgent,
    createdBy: row.createdBy,
  });
}
