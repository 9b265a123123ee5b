import { Code } from "@connectrpc/connect";
import { defineError } from "@coursemesh/platform/errors/service-error.ts";

/** Every error of this service besides the common ones; the reasons are those of `coursemesh.course.v1.ErrorReason`. */
export const errors = {
  courseNotFound: defineError(Code.NotFound, "COURSE_NOT_FOUND", "there is no such course"),
  courseExists: defineError(
    Code.AlreadyExists,
    "COURSE_EXISTS",
    "a course with this external id exists; say may_add_version to add a version to it",
  ),
  courseVersionNotFound: defineError(Code.NotFound, "COURSE_VERSION_NOT_FOUND", "there is no such course version"),
  courseVersionCurrent: defineError(
    Code.FailedPrecondition,
    "COURSE_VERSION_CURRENT",
    "the current version stays; make another one current first",
  ),
  settingUnknown: defineError(Code.InvalidArgument, "SETTING_UNKNOWN", "there is no such setting"),
  settingValueInvalid: defineError(Code.InvalidArgument, "SETTING_VALUE_INVALID", "a setting cannot have this value"),
};
