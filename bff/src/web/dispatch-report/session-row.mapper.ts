import type { MessageInitShape } from "@bufbuild/protobuf";
import { Acknowledgement, type ExternalSession } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type { SessionRowSchema } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { toHostResult, toOurResult } from "./result.mapper.ts";
import type { SubjectNames } from "./subject-names.ts";

export function toSessionRow(session: ExternalSession, names: SubjectNames): MessageInitShape<typeof SessionRowSchema> {
  const { id, dispatchId, destinationId, deploymentId, registrationId, courseId, result, hostResult } = session;
  const { learnerId, learnerName, learnerEmail, launchCount, attemptCount, revoked, settleNote, mergedIntoId } =
    session;
  return {
    ...{ id, dispatchId, destinationId, deploymentId, registrationId, courseId },
    ...{ learnerId, learnerName, learnerEmail, launchCount, attemptCount, revoked, settleNote, mergedIntoId },
    dispatchName: names.dispatch(dispatchId),
    destinationName: names.destination(destinationId),
    launchTime: millisOf(session.launchTime),
    lastActivityTime: millisOf(session.lastActivityTime),
    settleTime: millisOf(session.settleTime),
    acknowledgement: textOfEnum(Acknowledgement, session.acknowledgement),
    ...(result && { ours: toOurResult(result) }),
    ...(hostResult && { theirs: toHostResult(hostResult) }),
  };
}
