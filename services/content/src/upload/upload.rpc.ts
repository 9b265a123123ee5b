import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import { CreateUploadRequestSchema, type UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import { errors } from "../errors.ts";
import type { UploadRow } from "./upload.entity.ts";
import { toUpload } from "./upload.mapper.ts";
import { UploadWriter, type UploadWriterDeps } from "./upload-writer.ts";

/** What the RPCs of uploads need. */
export interface UploadRpcDeps extends UploadWriterDeps {
  /** Seconds an upload is kept. */
  readonly keepSeconds: number;
}

/** UploadService. */
export function uploadRpc(deps: UploadRpcDeps): ServiceImpl<typeof UploadService> {
  const { uploads, folder, maxBytes, keepSeconds } = deps;
  const load = async (tenantId: string, id: string): Promise<UploadRow> => {
    const row = await uploads.find(tenantId, id);
    if (!row) throw errors.uploadNotFound({ id });
    return row;
  };

  return {
    async createUpload(request, context) {
      if (request.sizeBytes > maxBytes) throw errors.uploadTooLarge({ limit: String(maxBytes) });
      const now = Date.now();
      const hash = requestHash(CreateUploadRequestSchema, request);
      const row = await uploads.insert({
        id: uuidV7(now),
        tenantId: organizationOf(context),
        requestId: request.requestId,
        requestHash: hash,
        filename: request.filename,
        sizeBytes: Number(request.sizeBytes),
        receivedBytes: 0,
        complete: false,
        writer: null,
        createTime: new Date(now),
        expireTime: new Date(now + keepSeconds * 1000),
      });
      if (row.requestHash !== hash) throw requestIdReused(request.requestId);
      return { upload: toUpload(row) };
    },

    async writeUpload(messages, context) {
      const tenantId = organizationOf(context);
      let writer: UploadWriter | undefined;
      let uploadId = "";
      try {
        for await (const { part } of messages) {
          if (part.case === "header") {
            if (writer) throw fieldInvalid("header", "only the first message is a header");
            uploadId = part.value.uploadId;
            writer = await UploadWriter.open(deps, tenantId, part.value);
          } else if (part.case === "chunk") {
            if (!writer) throw fieldInvalid("header", "the first message must be the header");
            await writer.write(part.value);
          }
        }
        if (!writer) throw fieldInvalid("header", "the first message must be the header");
        await writer.finish();
      } catch (error) {
        // The break is what the caller has to hear of, whatever becomes of keeping.
        await writer?.keep().catch(() => undefined);
        throw error;
      } finally {
        await writer?.close();
      }
      return { upload: toUpload(await load(tenantId, uploadId)) };
    },

    async getUpload({ id }, context) {
      return { upload: toUpload(await load(organizationOf(context), id)) };
    },

    async deleteUpload({ id }, context) {
      if (await uploads.remove(organizationOf(context), id)) await folder.remove(folder.uploadPath(id));
      return {};
    },
  };
}
