import { Code } from "@connectrpc/connect";
import { defineError } from "@coursemesh/platform/errors/service-error.ts";

/** Every error of this service besides the common ones; the reasons are those of `coursemesh.dispatch.v1.ErrorReason`. */
export const errors = {
  destinationNotFound: defineError(Code.NotFound, "DESTINATION_NOT_FOUND", "there is no such destination"),
  dispatchNotFound: defineError(Code.NotFound, "DISPATCH_NOT_FOUND", "there is no such dispatch"),
  courseNotFound: defineError(Code.NotFound, "COURSE_NOT_FOUND", "there is no such course"),
  courseVersionNotFound: defineError(
    Code.NotFound,
    "COURSE_VERSION_NOT_FOUND",
    "there is no such version of the course",
  ),
  externalIdTaken: defineError(Code.AlreadyExists, "EXTERNAL_ID_TAKEN", "the external id is taken"),
  addressRefused: defineError(Code.InvalidArgument, "ADDRESS_REFUSED", "results are not sent to this address"),
  formatUnsupported: defineError(
    Code.InvalidArgument,
    "FORMAT_UNSUPPORTED",
    "packages are not made in this format; metadata says in which",
  ),
  packageNotFound: defineError(Code.NotFound, "PACKAGE_NOT_FOUND", "there is no such package"),
  packageNotReady: defineError(Code.FailedPrecondition, "PACKAGE_NOT_READY", "the package is not ready"),
  packageExpired: defineError(Code.PermissionDenied, "PACKAGE_EXPIRED", "the dispatch has expired"),
  usageLimitExceeded: defineError(
    Code.PermissionDenied,
    "USAGE_LIMIT_EXCEEDED",
    "the dispatch has no registrations left",
  ),
  rangeInvalid: defineError(Code.OutOfRange, "RANGE_INVALID", "the file has no such part"),
  deploymentNotFound: defineError(Code.NotFound, "DEPLOYMENT_NOT_FOUND", "there is no such deployment"),
  externalSessionNotFound: defineError(Code.NotFound, "EXTERNAL_SESSION_NOT_FOUND", "there is no such session"),
  sessionsNotMergeable: defineError(
    Code.FailedPrecondition,
    "SESSIONS_NOT_MERGEABLE",
    "sessions of two dispatches cannot become one",
  ),
  exchangeInvalid: defineError(
    Code.PermissionDenied,
    "EXCHANGE_INVALID",
    "the launch cannot be verified; start the course again from the learning platform",
  ),
  rateLimited: defineError(Code.ResourceExhausted, "RATE_LIMITED", "too many requests; wait a moment"),
  sessionTokenInvalid: defineError(
    Code.Unauthenticated,
    "SESSION_TOKEN_INVALID",
    "the session is unknown, over or revoked",
  ),
  signatureInvalid: defineError(Code.Unauthenticated, "SIGNATURE_INVALID", "the signature does not belong to the call"),
  bulkOperationNotFound: defineError(Code.NotFound, "BULK_OPERATION_NOT_FOUND", "there is no such operation"),
  versionMoveNotFound: defineError(Code.NotFound, "VERSION_MOVE_NOT_FOUND", "there is no such move"),
  versionMoveOpen: defineError(
    Code.FailedPrecondition,
    "VERSION_MOVE_OPEN",
    "another move of the course is under way; finish it or go back first",
  ),
  versionMoveEnded: defineError(Code.FailedPrecondition, "VERSION_MOVE_ENDED", "the move has ended"),
  analyticsNotShared: defineError(
    Code.FailedPrecondition,
    "ANALYTICS_NOT_SHARED",
    "the dispatch does not share analytics; allow it first",
  ),
  reportLinkInvalid: defineError(Code.NotFound, "REPORT_LINK_INVALID", "the link is unknown, expired or ended"),
  signingKeyNotFound: defineError(Code.NotFound, "SIGNING_KEY_NOT_FOUND", "there is no such key"),
  signingKeyCurrent: defineError(
    Code.FailedPrecondition,
    "SIGNING_KEY_CURRENT",
    "the key signs new packages; make a new one first",
  ),
};
