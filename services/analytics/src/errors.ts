import { Code } from "@connectrpc/connect";
import { defineError } from "@coursemesh/platform/errors/service-error.ts";

export const periodTooFine = defineError(
  Code.InvalidArgument,
  "PERIOD_TOO_FINE",
  "the period has more steps than can be shown; choose a longer step",
);
export const courseNotFound = defineError(Code.NotFound, "COURSE_NOT_FOUND", "there is no such course");
export const learnerNotFound = defineError(Code.NotFound, "LEARNER_NOT_FOUND", "there is no such learner");
export const destinationNotFound = defineError(Code.NotFound, "DESTINATION_NOT_FOUND", "there is no such destination");
export const figureNotListable = defineError(
  Code.InvalidArgument,
  "FIGURE_NOT_LISTABLE",
  "a field that the figure needs is missing",
);
export const reportInvalid = defineError(Code.InvalidArgument, "REPORT_INVALID", "the report cannot be computed");
export const savedReportNotFound = defineError(Code.NotFound, "SAVED_REPORT_NOT_FOUND", "there is no such report");
export const rebuildRunning = defineError(Code.FailedPrecondition, "REBUILD_RUNNING", "a rebuild is running");
export const rebuildNotFound = defineError(Code.NotFound, "REBUILD_NOT_FOUND", "there is no such rebuild");
