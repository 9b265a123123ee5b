import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { ImportService } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import { buildMultiScoPackage, buildQuizPackage, buildRemediationPackage } from "@coursemesh/samples/sample-courses.ts";

const SAMPLES = [
  { name: "sample-quiz", build: buildQuizPackage },
  { name: "sample-course", build: buildMultiScoPackage },
  { name: "sample-sequencing", build: buildRemediationPackage },
] as const;

const CHUNK = 256 * 1024;

/**
 * Imports the sample courses into an organization through the same door as everybody's uploads, once for an installation:
 * whoever deletes them afterwards does not get them back.
 * @param marker file that says it was done.
 */
export async function importSamples(clients: Clients, organizationId: string, marker: string): Promise<void> {
  if (existsSync(marker)) return;
  await runAs(serviceCaller("mesh", organizationId), async () => {
    for (const { name, build } of SAMPLES) {
      const requestId = stableUuid(`${organizationId}/${name}`);
      const uploads = clients.of(UploadService);
      const bytes = await build();
      const { upload } = await uploads.createUpload({
        requestId,
        filename: `${name}.zip`,
        sizeBytes: BigInt(bytes.length),
      });
      if (upload === undefined) continue;
      if (!upload.complete) await uploads.writeUpload(partsOf(upload.id, bytes, Number(upload.receivedBytes)));
      const imported = clients.of(ImportService).createImport({
        requestId,
        source: { case: "uploadId", value: upload.id },
        externalId: name,
        tags: ["sample"],
      });
      // Another start on the same database has done it.
      await imported.catch((error: unknown) => {
        if (reasonOf(error) !== "REQUEST_ID_REUSED") throw error;
      });
    }
  });
  writeFileSync(marker, "");
}

async function* partsOf(uploadId: string, bytes: Uint8Array, offset: number) {
  yield { part: { case: "header" as const, value: { uploadId, offset: BigInt(offset), last: true } } };
  for (let at = offset; at < bytes.length; at += CHUNK) {
    yield { part: { case: "chunk" as const, value: bytes.subarray(at, at + CHUNK) } };
  }
}

function stableUuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
