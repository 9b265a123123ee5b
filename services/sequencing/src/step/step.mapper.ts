import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import {
  type ProcessRun as ProcessRunMessage,
  ProcessRunSchema,
  type StateChange as StateChangeMessage,
  StateChangeSchema,
  type Step,
  StepSchema,
} from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type { Effect } from "@coursemesh/scorm/sequencing/effect.ts";
import type { ProcessRun, ToldStep } from "@coursemesh/scorm/sequencing/explain/explanation.ts";
import type { StateChange } from "@coursemesh/scorm/sequencing/explain/state-changes.ts";
import { stepSummary } from "@coursemesh/scorm/sequencing/explain/step-summary.ts";
import { textsFor } from "@coursemesh/scorm/sequencing/explain/texts-for.ts";
import type { SequencingSession } from "@coursemesh/scorm/sequencing/session.ts";
import { decisionMessage } from "../activity/decision.mapper.ts";
import { exceptionSentence } from "../session/exception-sentence.ts";
import { navigationMessage } from "./navigation.mapper.ts";
import { resultMessage } from "./result.mapper.ts";
import type { StepRow } from "./step.repository.ts";
import { navigationOf, sourceOfStep } from "./told-steps.ts";

/** A step for readers. @param session of the course, for titles only */
export function stepMessage(row: StepRow, told: ToldStep, session: SequencingSession, locale: string): Step {
  const { asked, accepted, exception } = row;
  const navigation = navigationMessage(navigationOf(row), sourceOfStep(row));
  const result = resultMessage(asked);
  const outcome = { stepId: row.id, accepted, exception, reason: exceptionSentence(exception, locale) };
  return create(StepSchema, {
    id: row.id,
    instanceId: row.instanceId,
    launchId: row.launchId,
    seq: row.seq,
    revision: BigInt(row.revision),
    time: timestampFromMs(asked.now),
    kind: asked.kind,
    ...(navigation && { navigation }),
    ...(result && { result }),
    outcome,
    activityBefore: row.activityBefore,
    activityAfter: row.activityAfter,
    summary: stepSummary(
      { session, steps: [told], texts: textsFor(locale) },
      { navigation: navigationOf(row), effect: effectOf(row), delivered: row.activityAfter },
    ),
    stateHash: row.stateHash.toString("hex"),
    durationUs: BigInt(row.durationUs),
  });
}

/** What a stored step came to. */
function effectOf(row: StepRow): Effect["type"] | undefined {
  if (row.delivery !== null) return "deliver";
  if (navigationOf(row) === undefined) return undefined;
  if (row.status === SessionStatus.ENDED || row.status === SessionStatus.SUSPENDED) return "endSession";
  return row.status === SessionStatus.ACTIVE ? "refused" : "nothing";
}

export function processMessage(run: ProcessRun): ProcessRunMessage {
  const { process, depth, activity, result, exception, decisions } = run;
  return create(ProcessRunSchema, {
    ...{ process, depth, activityId: activity, result, exception },
    decisions: decisions.map(decisionMessage),
  });
}

export function changeMessage({ activity, objective, name, before, after }: StateChange): StateChangeMessage {
  return create(StateChangeSchema, { activityId: activity, objectiveId: objective, name, before, after });
}
