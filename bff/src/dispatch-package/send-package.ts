import { Readable } from "node:stream";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import {
  type DownloadPackageHeader,
  type DownloadPackageResponse,
  PackageService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { Answer } from "../http/guarded-route.ts";

/** A whole package as an answer, counted as one download once its last byte was taken. @throws PACKAGE_EXPIRED, USAGE_LIMIT_EXCEEDED */
export async function sendPackage(clients: Clients, id: string): Promise<Answer> {
  const parts = clients.of(PackageService).downloadPackage({ id, downloadId: uuidV7() })[Symbol.asyncIterator]();
  // Refusals come before the first byte, while there is still a status to give.
  const first = await parts.next();
  const header = first.done ? undefined : headerOf(first.value);
  return {
    status: 200,
    headers: {
      "content-type": header?.contentType || "application/zip",
      "content-disposition": attachment(header?.filename || "package.zip"),
      "cache-control": "no-store",
      ...(header && { "content-length": String(header.sizeBytes), etag: `"${header.etag.replaceAll('"', "")}"` }),
    },
    body: Readable.from(chunksOf(parts)),
  };
}

const headerOf = ({ part }: DownloadPackageResponse): DownloadPackageHeader | undefined =>
  part.case === "header" ? part.value : undefined;

async function* chunksOf(parts: AsyncIterator<DownloadPackageResponse>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await parts.next(); !next.done; next = await parts.next())
      if (next.value.part.case === "chunk") yield next.value.part.value;
  } finally {
    await parts.return?.();
  }
}

/** `Content-Disposition` after RFC 6266, for names of any letters. */
export function attachment(filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(filename)}`;
}
