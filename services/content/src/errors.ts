import { Code } from "@connectrpc/connect";
import { defineError } from "@coursemesh/platform/errors/service-error.ts";

/** Every error of the content service, by the reasons of coursemesh.content.v1.ErrorReason. */
export const errors = {
  uploadNotFound: defineError(Code.NotFound, "UPLOAD_NOT_FOUND", "there is no such upload"),
  uploadIncomplete: defineError(Code.FailedPrecondition, "UPLOAD_INCOMPLETE", "bytes of this upload are still missing"),
  uploadTooLarge: defineError(Code.ResourceExhausted, "UPLOAD_TOO_LARGE", "the file is larger than allowed"),
  uploadOffsetWrong: defineError(
    Code.Aborted,
    "UPLOAD_OFFSET_WRONG",
    "the upload goes on at another offset; read it and continue there",
  ),
  importNotFound: defineError(Code.NotFound, "IMPORT_NOT_FOUND", "there is no such import"),
  fetchUrlRefused: defineError(Code.InvalidArgument, "FETCH_URL_REFUSED", "packages are not fetched from this address"),
  fetchFailed: defineError(Code.FailedPrecondition, "FETCH_FAILED", "the package could not be fetched"),
  packageRefused: defineError(Code.FailedPrecondition, "PACKAGE_REFUSED", "the package cannot be played"),
  packageNotFound: defineError(Code.NotFound, "PACKAGE_NOT_FOUND", "there is no such package"),
  packageFileNotFound: defineError(Code.NotFound, "PACKAGE_FILE_NOT_FOUND", "the package has no such file"),
};
