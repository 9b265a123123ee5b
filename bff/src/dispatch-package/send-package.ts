import { Readable } from "node:stream";
import type { ByteRange } from "@coursemesh/platform/blobs/blob-store.ts";
import { uuidV5 } from "@coursemesh/platform/ids/uuid-v5.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import {
  type DownloadPackageResponse,
  type Package,
  PackageService,
  PackageState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { readRange } from "../content-origin/byte-range.ts";
import { namesTag } from "../content-origin/entity-tag.ts";
import type { Answer, OperationInput } from "../http/guarded-route.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Names the downloads of callers that resume without saying which download it is. */
const RESUMED = "5f0b1d8e-3a51-5b7c-9f64-0c8d6a1e2b37";

/**
 * A package as an answer to GET or HEAD (RFC 9110: ranges, conditions). It counts as one download once its last byte was taken, in however
 * many parts: those of one `?download=<uuid>`, or else those a caller asks for by ranges within a day.
 * @throws PACKAGE_NOT_FOUND, PACKAGE_NOT_READY, PACKAGE_EXPIRED, USAGE_LIMIT_EXCEEDED
 */
export async function sendPackage(clients: Clients, id: string, input: OperationInput): Promise<Answer> {
  const packages = clients.of(PackageService);
  const { package: found } = await packages.getPackage({ id });
  const { method, headers } = input.request;
  if (found?.state === PackageState.READY && !found.revoked) {
    const size = Number(found.sizeBytes);
    const tag = `"${found.sha256}"`;
    const about = { etag: tag, "cache-control": "private, no-cache", "accept-ranges": "bytes" };
    if (namesTag(headers["if-none-match"], tag)) return { status: 304, headers: about };
    const head = { ...about, ...fileHeaders(found) };
    if (method === "HEAD") return { status: 200, headers: { ...head, "content-length": String(size) } };
    const condition = headers["if-range"];
    const range = condition === undefined || condition === tag ? readRange(headers.range, size) : undefined;
    if (range === "unsatisfiable") return { status: 416, headers: { ...about, "content-range": `bytes */${size}` } };
    const body = await openFile(clients, found, downloadIdOf(found, input), range);
    if (range === undefined) return { status: 200, headers: { ...head, "content-length": String(size) }, body };
    const { start, end } = range;
    const part = { "content-range": `bytes ${start}-${end}/${size}`, "content-length": String(end - start + 1) };
    return { status: 206, headers: { ...head, ...part }, body };
  }
  // What is wrong with it is the service's to say.
  await packages.downloadPackage({ id, downloadId: uuidV7() })[Symbol.asyncIterator]().next();
  throw new Error("a package that is not ready was sent");
}

function fileHeaders({ filename }: Package): Readonly<Record<string, string>> {
  return { "content-type": "application/zip", "content-disposition": attachment(filename || "package.zip") };
}

/** The whole file is a download of its own; parts belong together. */
function downloadIdOf({ id, sha256 }: Package, { caller, query, request }: OperationInput): string {
  const given = query.text("download");
  if (given !== undefined && UUID.test(given)) return given;
  if (request.headers.range === undefined) return uuidV7();
  const day = new Date().toISOString().slice(0, 10);
  return uuidV5(RESUMED, [caller.organizationId, caller.id, id, sha256, day].join(" "));
}

/** The bytes, once it is certain that they are given: refusals come before anything is sent. */
async function openFile(clients: Clients, { id }: Package, downloadId: string, range?: ByteRange): Promise<Readable> {
  const stop = new AbortController();
  const wanted = range ? { offset: BigInt(range.start), length: BigInt(range.end - range.start + 1) } : {};
  const stream = clients.of(PackageService).downloadPackage({ id, downloadId, ...wanted }, { signal: stop.signal });
  const parts = stream[Symbol.asyncIterator]();
  // The first message is the header, which was read already.
  await parts.next();
  return Readable.from(chunksOf(parts, stop), { objectMode: false });
}

/** The file piece by piece, as fast as it is taken; whoever stops taking it ends the reading. */
async function* chunksOf(
  parts: AsyncIterator<DownloadPackageResponse>,
  stop: AbortController,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await parts.next(); !next.done; next = await parts.next())
      if (next.value.part.case === "chunk") yield next.value.part.value;
  } finally {
    stop.abort();
  }
}

/** `Content-Disposition` after RFC 6266, for names of any letters. */
export function attachment(filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(filename)}`;
}
