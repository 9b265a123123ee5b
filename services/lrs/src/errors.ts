import { Code } from "@connectrpc/connect";
import { defineError } from "@coursemesh/platform/errors/service-error.ts";

export const statementInvalid = defineError(
  Code.InvalidArgument,
  "STATEMENT_INVALID",
  "the statement breaks a rule of the specification",
);

export const statementConflict = defineError(
  Code.AlreadyExists,
  "STATEMENT_CONFLICT",
  "another statement is stored under this id",
);

export const statementIdRepeated = defineError(
  Code.InvalidArgument,
  "STATEMENT_ID_REPEATED",
  "two statements of the batch have the same id",
);

export const statementNotFound = defineError(Code.NotFound, "STATEMENT_NOT_FOUND", "there is no such statement");

export const statementNotVoidable = defineError(
  Code.FailedPrecondition,
  "STATEMENT_NOT_VOIDABLE",
  "a voiding statement cannot be voided",
);

export const attachmentMissing = defineError(
  Code.InvalidArgument,
  "ATTACHMENT_MISSING",
  "an attachment has neither a fileUrl nor content that came along with it",
);

export const attachmentHashMismatch = defineError(
  Code.InvalidArgument,
  "ATTACHMENT_HASH_MISMATCH",
  "the content does not have the hash it is named by",
);

export const attachmentTooLarge = defineError(
  Code.InvalidArgument,
  "ATTACHMENT_TOO_LARGE",
  "the attachment is too large",
);

export const attachmentNotFound = defineError(Code.NotFound, "ATTACHMENT_NOT_FOUND", "there is no such attachment");

export const signatureInvalid = defineError(
  Code.InvalidArgument,
  "SIGNATURE_INVALID",
  "the signature does not belong to the statement",
);

export const verbNotAllowed = defineError(
  Code.PermissionDenied,
  "VERB_NOT_ALLOWED",
  "this credential may not store statements with this verb",
);

export const batchTooLarge = defineError(Code.InvalidArgument, "BATCH_TOO_LARGE", "the batch has too many statements");

export const overloaded = defineError(
  Code.ResourceExhausted,
  "OVERLOADED",
  "more statements are arriving than can be stored; none of these was stored",
);

export const versionUnsupported = defineError(
  Code.InvalidArgument,
  "VERSION_UNSUPPORTED",
  "this version of the specification is not supported",
);

export const queryInvalid = defineError(
  Code.InvalidArgument,
  "QUERY_INVALID",
  "the query is not one of the specification",
);

export const moreTokenInvalid = defineError(
  Code.InvalidArgument,
  "MORE_TOKEN_INVALID",
  "the token is damaged, too old or of another caller; query anew",
);

export const agentInvalid = defineError(Code.InvalidArgument, "AGENT_INVALID", "this is not an agent");

export const documentNotFound = defineError(Code.NotFound, "DOCUMENT_NOT_FOUND", "there is no such document");

export const documentTooLarge = defineError(Code.InvalidArgument, "DOCUMENT_TOO_LARGE", "the document is too large");

export const documentNotMergeable = defineError(
  Code.InvalidArgument,
  "DOCUMENT_NOT_MERGEABLE",
  "only JSON objects can be merged",
);

export const preconditionFailed = defineError(
  Code.Aborted,
  "PRECONDITION_FAILED",
  "the document is not as the condition says",
);

export const preconditionRequired = defineError(
  Code.FailedPrecondition,
  "PRECONDITION_REQUIRED",
  "say by a condition whether a document is meant to be made or replaced",
);

export const pipeNotFound = defineError(Code.NotFound, "PIPE_NOT_FOUND", "there is no such pipe");

export const addressRefused = defineError(
  Code.InvalidArgument,
  "ADDRESS_REFUSED",
  "statements are not sent to this address",
);

export const retentionRuleNotFound = defineError(
  Code.NotFound,
  "RETENTION_RULE_NOT_FOUND",
  "there is no such retention rule",
);

export const personDeletionNotFound = defineError(
  Code.NotFound,
  "PERSON_DELETION_NOT_FOUND",
  "there is no such deletion",
);

export const personDeletionBegun = defineError(
  Code.FailedPrecondition,
  "PERSON_DELETION_BEGUN",
  "the deletion has begun and cannot be taken back",
);
