import { Readable } from "node:stream";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { ImportService } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { type Upload, UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import { z } from "zod";
import { type GuardedRoute, needs } from "../http/guarded-route.ts";
import { readBody } from "../http/read-body.ts";
import { uploadParts } from "./upload-parts.ts";

const newUpload = z.object({
  requestId: z.uuid().optional(),
  filename: z.string().min(1),
  /** Bytes; 0 when unknown. */
  size: z.int().min(0).default(0),
});
const newImport = z.object({
  requestId: z.uuid().optional(),
  courseId: z.string().default(""),
  title: z.string().default(""),
  note: z.string().default(""),
});

/** Uploads of the web UI, below `/web`: announce a file, send it in one or more pieces, import it. */
export function uploadRoutes(clients: Clients): readonly GuardedRoute[] {
  const uploads = clients.of(UploadService);
  const access = needs(Permission.COURSE_WRITE);

  return [
    {
      method: "POST",
      path: "/uploads",
      access,
      async operation({ body }) {
        const { requestId, filename, size } = readBody(newUpload, body);
        const { upload } = await uploads.createUpload({
          requestId: requestId ?? uuidV7(),
          filename,
          sizeBytes: BigInt(size),
        });
        return { status: 201, body: { upload: toUploadBody(upload) } };
      },
    },
    {
      method: "GET",
      path: "/uploads/:id",
      access,
      async operation({ params }) {
        const { upload } = await uploads.getUpload({ id: params.id ?? "" });
        return { status: 200, body: { upload: toUploadBody(upload) } };
      },
    },
    {
      method: "PATCH",
      path: "/uploads/:id",
      access,
      async operation({ params, query, body, request }) {
        const id = params.id ?? "";
        const offset = query.count("offset");
        if (offset === undefined) throw fieldInvalid("offset", "must say where the bytes begin");
        const { upload: before } = await uploads.getUpload({ id });
        const length = Number(request.headers["content-length"] ?? Number.NaN);
        // A file of unknown size ends where its sender says so.
        const last = query.flag("last") || Number(before?.sizeBytes) === offset + length;
        const { upload } = await uploads.writeUpload(uploadParts(id, BigInt(offset), last, bytesOf(body)));
        return { status: 200, body: { upload: toUploadBody(upload) } };
      },
    },
    {
      method: "POST",
      path: "/uploads/:id/import",
      access,
      async operation({ params, body }) {
        const { requestId, courseId, title, note } = readBody(newImport, body);
        const answer = await clients.of(ImportService).createImport({
          requestId: requestId ?? uuidV7(),
          source: { case: "uploadId", value: params.id ?? "" },
          courseId,
          mayAddVersion: courseId !== "",
          title,
          note,
        });
        return { status: 202, body: { importId: answer.import?.id ?? "" } };
      },
    },
  ];
}

/** The body as it arrives; empty when there is none. @throws FIELD_INVALID for one that was read as JSON */
function bytesOf(body: unknown): Readable {
  if (body === undefined || body === null) return Readable.from([]);
  if (body instanceof Readable) return body;
  throw fieldInvalid("content-type", "must be application/octet-stream");
}

function toUploadBody(upload: Upload | undefined): object {
  return {
    id: upload?.id ?? "",
    filename: upload?.filename ?? "",
    sizeBytes: Number(upload?.sizeBytes ?? 0n),
    receivedBytes: Number(upload?.receivedBytes ?? 0n),
    complete: upload?.complete ?? false,
  };
}
