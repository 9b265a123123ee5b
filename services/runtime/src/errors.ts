import { Code } from "@connectrpc/connect";
import { defineError } from "@coursemesh/platform/errors/service-error.ts";

export const registrationNotFound = defineError(
  Code.NotFound,
  "REGISTRATION_NOT_FOUND",
  "there is no such registration",
);

export const registrationExists = defineError(
  Code.AlreadyExists,
  "REGISTRATION_EXISTS",
  "another registration has this external id",
);

export const instanceNotFound = defineError(Code.NotFound, "INSTANCE_NOT_FOUND", "there is no such instance");

export const courseNotFound = defineError(Code.NotFound, "COURSE_NOT_FOUND", "there is no such course");

export const courseArchived = defineError(
  Code.FailedPrecondition,
  "COURSE_ARCHIVED",
  "archived courses take no new registrations",
);

export const learnerNotFound = defineError(Code.NotFound, "LEARNER_NOT_FOUND", "there is no such learner");

export const launchNotFound = defineError(Code.NotFound, "LAUNCH_NOT_FOUND", "no launch has this token");

export const launchOver = defineError(
  Code.FailedPrecondition,
  "LAUNCH_OVER",
  "the launch was ended, revoked or has expired",
);

export const leaseLost = defineError(
  Code.Aborted,
  "LEASE_LOST",
  "the course was opened elsewhere; that window records now",
);

export const journalInvalid = defineError(
  Code.InvalidArgument,
  "JOURNAL_INVALID",
  "the calls are not in the journal's form",
);

export const sessionOpen = defineError(Code.FailedPrecondition, "SESSION_OPEN", "the learner has the course open");
