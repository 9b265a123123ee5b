import type { JobHandler } from "@coursemesh/platform/jobs/jobs.ts";
import type { ImportRepository } from "../import/import.repository.ts";
import type { UploadRepository } from "./upload.repository.ts";
import type { UploadFolder } from "./upload-folder.ts";

/** The job that removes an upload whose time is over. One that is being imported goes when the import ends. */
export function expireUpload(
  uploads: UploadRepository,
  imports: ImportRepository,
  folder: UploadFolder,
): JobHandler<{ readonly id: string; readonly tenantId: string }> {
  return async ({ id, tenantId }) => {
    // Throwing asks again later.
    if (await imports.wantsUpload(tenantId, id)) throw new Error("the upload is being imported");
    await uploads.remove(tenantId, id);
    await folder.remove(folder.uploadPath(id));
  };
}
