import { Code } from "@connectrpc/connect";
import { defineError } from "@coursemesh/platform/errors/service-error.ts";

export const sessionNotFound = defineError(Code.NotFound, "SESSION_NOT_FOUND", "the instance has no session");

export const sessionEnded = defineError(
  Code.FailedPrecondition,
  "SESSION_ENDED",
  "the session is over; start or resume it first",
);

export const launchSuperseded = defineError(
  Code.Aborted,
  "LAUNCH_SUPERSEDED",
  "the course was opened elsewhere; that launch holds the session now",
);

export const seqReused = defineError(
  Code.AlreadyExists,
  "SEQ_REUSED",
  "this call of the launch was used for another request",
);

export const seqOutOfOrder = defineError(
  Code.FailedPrecondition,
  "SEQ_OUT_OF_ORDER",
  "a later call of the launch was answered already",
);

export const outlineNotFound = defineError(
  Code.NotFound,
  "OUTLINE_NOT_FOUND",
  "the course version has no activity tree",
);

export const activityNotFound = defineError(Code.NotFound, "ACTIVITY_NOT_FOUND", "the tree has no such activity");

export const resultInvalid = defineError(
  Code.FailedPrecondition,
  "RESULT_INVALID",
  "the result does not belong to the activity that is delivered",
);

export const stepNotFound = defineError(Code.NotFound, "STEP_NOT_FOUND", "there is no such step");

export const overrideInvalid = defineError(
  Code.InvalidArgument,
  "OVERRIDE_INVALID",
  "the simulation changes something that the course does not have",
);

export const globalObjectiveNotFound = defineError(
  Code.NotFound,
  "GLOBAL_OBJECTIVE_NOT_FOUND",
  "there is no such global objective",
);

export const sessionActive = defineError(
  Code.FailedPrecondition,
  "SESSION_ACTIVE",
  "the learner is in a session that uses it",
);

export const sharedDataNotWritable = defineError(
  Code.FailedPrecondition,
  "SHARED_DATA_NOT_WRITABLE",
  "the activity may not write this store",
);
