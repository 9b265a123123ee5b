import { Code } from "@connectrpc/connect";
import { defineError } from "@coursemesh/platform/errors/service-error.ts";

/** Every error of this service besides the common ones; the reasons are those of `coursemesh.webhook.v1.ErrorReason`. */
export const errors = {
  cursorInvalid: defineError(Code.InvalidArgument, "CURSOR_INVALID", "the cursor does not belong to this log"),
  cursorTooOld: defineError(
    Code.FailedPrecondition,
    "CURSOR_TOO_OLD",
    "what comes after the cursor is not kept any more; begin with oldest_cursor and look up what was missed",
  ),
  eventNotFound: defineError(Code.NotFound, "EVENT_NOT_FOUND", "there is no such event, or it is not kept any more"),
  eventTypeUnknown: defineError(Code.InvalidArgument, "EVENT_TYPE_UNKNOWN", "there is no such type of event"),
  filterInvalid: defineError(Code.InvalidArgument, "FILTER_INVALID", "the filter cannot be used"),
  endpointNotFound: defineError(Code.NotFound, "ENDPOINT_NOT_FOUND", "there is no such endpoint"),
  endpointLimitReached: defineError(
    Code.ResourceExhausted,
    "ENDPOINT_LIMIT_REACHED",
    "the organization has as many endpoints as it may have",
  ),
  addressRefused: defineError(Code.InvalidArgument, "ADDRESS_REFUSED", "events are not sent to this address"),
  secretInvalid: defineError(Code.InvalidArgument, "SECRET_INVALID", "a secret is whsec_ and 24 to 64 bytes in base64"),
  secretLast: defineError(Code.FailedPrecondition, "SECRET_LAST", "an endpoint keeps at least one secret"),
  deliveryNotFound: defineError(Code.NotFound, "DELIVERY_NOT_FOUND", "there is no such delivery"),
  replayNotFound: defineError(Code.NotFound, "REPLAY_NOT_FOUND", "there is no such replay"),
  replayRangeTooOld: defineError(
    Code.FailedPrecondition,
    "REPLAY_RANGE_TOO_OLD",
    "events of that time are not kept any more",
  ),
  rateLimited: defineError(Code.ResourceExhausted, "RATE_LIMITED", "too many tests; wait a moment"),
};
