import { Code } from "@connectrpc/connect";
import { defineError } from "@coursemesh/platform/errors/service-error.ts";

/** Every error of this service besides the common ones; the reasons are those of `coursemesh.user.v1.ErrorReason`. */
export const errors = {
  organizationNotFound: defineError(Code.NotFound, "ORGANIZATION_NOT_FOUND", "there is no such organization"),
  organizationSlugTaken: defineError(
    Code.AlreadyExists,
    "ORGANIZATION_SLUG_TAKEN",
    "another organization has this slug",
  ),
  memberNotFound: defineError(Code.NotFound, "MEMBER_NOT_FOUND", "there is no such member"),
  memberExists: defineError(Code.AlreadyExists, "MEMBER_EXISTS", "this person is a member already"),
  lastOwner: defineError(
    Code.FailedPrecondition,
    "LAST_OWNER",
    "an organization keeps at least one active owner; make another member an owner first",
  ),
  roleTooHigh: defineError(Code.PermissionDenied, "ROLE_TOO_HIGH", "nobody gives or changes a role above their own"),
  signInFailed: defineError(Code.Unauthenticated, "SIGN_IN_FAILED", "address or password is wrong"),
  signInLocked: defineError(Code.ResourceExhausted, "SIGN_IN_LOCKED", "too many failures; try again later"),
  sessionEnded: defineError(Code.Unauthenticated, "SESSION_ENDED", "the session is over; sign in again"),
  passwordTooWeak: defineError(
    Code.InvalidArgument,
    "PASSWORD_TOO_WEAK",
    "a password needs 12 characters with an upper and a lower case letter, a digit and a special character",
  ),
  passwordReused: defineError(Code.InvalidArgument, "PASSWORD_REUSED", "this password was used before; choose another"),
  apiKeyNotFound: defineError(Code.NotFound, "API_KEY_NOT_FOUND", "there is no such key"),
  scopeNotHeld: defineError(Code.PermissionDenied, "SCOPE_NOT_HELD", "nobody grants a permission they lack"),
};
