import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type DeliverySchema,
  type SessionState,
  SessionStateSchema,
  type StepOutcome,
  StepOutcomeSchema,
} from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import type { SharedData } from "@coursemesh/scorm/cmi2004/shared-data.ts";
import type { Delivery } from "@coursemesh/scorm/sequencing/run-time-input.ts";
import { definedOf, objectiveMessages, trackingMessage } from "../activity/tracking.mapper.ts";
import type { Answer, StepAnswer } from "./answer.ts";
import { navigationControls } from "./controls.mapper.ts";
import { exceptionSentence } from "./exception-sentence.ts";

export function sessionStateMessage(answer: Answer): SessionState {
  const { session, now, delivery, shared } = answer;
  return create(SessionStateSchema, {
    instanceId: answer.instanceId,
    status: answer.status,
    revision: BigInt(answer.revision),
    ...(delivery !== null && { delivery: deliveryMessage(answer, delivery) }),
    controls: navigationControls(session, now),
    courseTracking: trackingMessage(session, session.course.root, now),
    coreState: Buffer.from(answer.state),
    stateHash: answer.stateHash.toString("hex"),
    sharedJson: Buffer.from(shared ?? "{}"),
  });
}

function deliveryMessage({ session, now, shared }: Answer, json: string): MessageInitShape<typeof DeliverySchema> {
  const delivery = JSON.parse(json) as Delivery;
  const texts = JSON.parse(shared ?? "{}") as SharedData;
  const activity = session.course.byIdentifier.get(delivery.activity);
  return {
    activityId: delivery.activity,
    attempt: delivery.attempt,
    resumed: delivery.resumed,
    objectives: activity === undefined ? [] : objectiveMessages(session, activity, now),
    sharedData: (activity?.definition.dataMaps ?? []).map((map) => ({
      targetId: map.targetId,
      value: (texts[map.targetId] ?? "").toWellFormed(),
      readable: map.readSharedData !== false,
      writable: map.writeSharedData !== false,
    })),
    ...definedOf({
      scaledPassingScore: delivery.scaledPassingScore,
      completionThreshold: delivery.completionThreshold,
    }),
    deliveryJson: Buffer.from(json),
  };
}

export function outcomeMessage({ stepId, accepted, exception, repeated }: StepAnswer): StepOutcome {
  return create(StepOutcomeSchema, {
    stepId,
    accepted,
    exception,
    reason: exceptionSentence(exception),
    repeated,
  });
}
