import { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { StepKind } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type { ActivityIndex } from "@coursemesh/scorm/sequencing/activity-index.ts";
import * as errors from "../errors.ts";
import type { Asked } from "../step/asked.ts";
import type { SessionRow } from "./session.repository.ts";

/** The part of a call that is judged. */
interface Judged {
  readonly launchId: string;
  readonly seq: number;
  readonly asked: Asked;
}

/**
 * Refuses a call that comes too late or does not fit the session.
 * @param ofLaunch highest call of this launch that was answered, when the call begins a launch: one that comes back after another one took over
 *   must come with a later call than it had.
 * @throws LAUNCH_SUPERSEDED, SEQ_OUT_OF_ORDER, SESSION_ENDED, ACTIVITY_NOT_FOUND, RESULT_INVALID
 */
export function refuseCall(row: SessionRow, call: Judged, course: ActivityIndex, ofLaunch: number | undefined): void {
  const { launchId, seq, asked } = call;
  const mine = row.launchId === launchId;
  const starts = asked.kind === StepKind.START;
  if (!mine && (!starts || (ofLaunch !== undefined && seq <= ofLaunch))) {
    throw errors.launchSuperseded({ instance_id: row.instanceId, launch_id: row.launchId });
  }
  if (mine && seq <= row.lastSeq) {
    throw errors.seqOutOfOrder({ launch_id: launchId, seq: String(seq), last_seq: String(row.lastSeq) });
  }
  const over = row.status === SessionStatus.ENDED || row.status === SessionStatus.SUSPENDED;
  // A request after the end is the core's to refuse; a result would be lost without a word.
  if (over && asked.report !== undefined) {
    throw errors.sessionEnded({ instance_id: row.instanceId });
  }
  refuseResult(row, asked, course);
}

function refuseResult(row: SessionRow, { activity }: Asked, course: ActivityIndex): void {
  if (activity === undefined) return;
  if (!course.byIdentifier.has(activity)) throw errors.activityNotFound({ activity_id: activity });
  const { currentActivity = "" } = JSON.parse(row.state) as { currentActivity?: string };
  if (activity !== currentActivity) {
    throw errors.resultInvalid({ activity_id: activity, delivered_activity_id: currentActivity });
  }
}
