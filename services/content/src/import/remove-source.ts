import type { UploadRepository } from "../upload/upload.repository.ts";
import type { UploadFolder } from "../upload/upload-folder.ts";
import type { ImportRow } from "./import.entity.ts";

/** Removes the upload an import was made from. Should the process die before, the upload's own expiry does it. */
export async function removeSource(
  { uploads, folder }: { readonly uploads: UploadRepository; readonly folder: UploadFolder },
  { tenantId, uploadId }: ImportRow,
): Promise<void> {
  if (!uploadId) return;
  await uploads.remove(tenantId, uploadId);
  await folder.remove(folder.uploadPath(uploadId));
}
