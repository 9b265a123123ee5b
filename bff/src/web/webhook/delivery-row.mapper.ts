import type { MessageInitShape } from "@bufbuild/protobuf";
import type { AttemptRowSchema, DeliveryRowSchema } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import {
  type Attempt,
  AttemptOutcome,
  type Delivery,
  DeliveryState,
} from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";

/** @param endpointName empty when the endpoint is unknown */
export function toDeliveryRow(delivery: Delivery, endpointName: string): MessageInitShape<typeof DeliveryRowSchema> {
  const { id, endpointId, eventId, eventType, state, attemptCount, lastAttempt, test, replayId } = delivery;
  return {
    id,
    endpointId,
    endpointName,
    eventId,
    eventType,
    state: textOfEnum(DeliveryState, state),
    attemptCount,
    ...(lastAttempt && { lastAttempt: toAttemptRow(lastAttempt) }),
    createTime: millisOf(delivery.createTime),
    nextAttemptTime: millisOf(delivery.nextAttemptTime),
    endTime: millisOf(delivery.endTime),
    test,
    replayId,
  };
}

export function toAttemptRow(attempt: Attempt): MessageInitShape<typeof AttemptRowSchema> {
  const { $typeName: _, $unknown: __, startTime, outcome, ...same } = attempt;
  return { ...same, startTime: millisOf(startTime), outcome: textOfEnum(AttemptOutcome, outcome) };
}
