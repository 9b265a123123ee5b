import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { ImportService } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import { uploadParts } from "../../uploads/upload-parts.ts";
import type { ApiDeps } from "../api-deps.ts";
import { readImportTarget } from "./import-target.ts";

/** `POST /courses/importJobs/upload`: a package in a multipart body, passed on while it arrives. */
export function createUploadImport({ clients }: ApiDeps): Operation {
  const uploads = clients.of(UploadService);
  return async ({ query, request }) => {
    const target = await readImportTarget(clients, query);
    const file = request.isMultipart() ? await request.file() : undefined;
    if (file === undefined) throw fieldInvalid("file", "the body must be multipart/form-data with a file in it");
    const filename = file.filename || "package.zip";
    const { upload } = await uploads.createUpload({ requestId: uuidV7(), filename, sizeBytes: 0n });
    const uploadId = upload?.id ?? "";
    await uploads.writeUpload(uploadParts(uploadId, 0n, true, file.file));
    const answer = await clients
      .of(ImportService)
      .createImport({ requestId: uuidV7(), source: { case: "uploadId", value: uploadId }, ...target });
    return { status: 200, body: { result: answer.import?.id } };
  };
}
