import { once } from "node:events";
import type { Readable } from "node:stream";
import type { BlobStore, ByteRange } from "@coursemesh/platform/blobs/blob-store.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import { readRange } from "./byte-range.ts";
import { namesTag } from "./entity-tag.ts";
import type { ServedFile } from "./file-directory.ts";

/** Files below this size are kept in memory; most files of a course are. */
const SMALL_BYTES = 64 * 1024;
const MEMORY_BYTES = 64 * 1024 * 1024;
/** How long a browser may use a file without asking. The address holds the launch's token, so nobody else gets it from a cache. */
const CACHE_CONTROL = "private, max-age=3600";

/** Answers a GET or HEAD with a file. False: its bytes are not there, and nothing was sent. */
export type ServeFile = (request: FastifyRequest, reply: FastifyReply, file: ServedFile) => Promise<boolean>;

/** Sends files straight from the blob store (RFC 9110: ranges, conditions). */
export function serveFile(blobs: BlobStore): ServeFile {
  const small = new LRUCache<string, Buffer>({ maxSize: MEMORY_BYTES, sizeCalculation: (bytes) => bytes.length || 1 });
  const load = async ({ hash, size }: ServedFile): Promise<Buffer | undefined> => {
    const known = small.get(hash);
    if (known) return known;
    const bytes = await blobs.readAll(hash).catch(absent);
    // A blob is what its hash says; one of another size is one that lost its bytes.
    if (bytes?.length !== size) return undefined;
    small.set(hash, bytes);
    return bytes;
  };

  return async (request, reply, file) => {
    const { size, hash, mediaType } = file;
    const tag = `"${hash}"`;
    const { headers } = request;
    if (namesTag(headers["if-none-match"], tag)) {
      reply.code(304).header("etag", tag).header("cache-control", CACHE_CONTROL).send();
      return true;
    }
    const conditional = headers["if-range"];
    const mayCut = request.method === "GET" && (conditional === undefined || conditional === tag);
    const range = mayCut ? readRange(headers.range, size) : undefined;
    if (range === "unsatisfiable") {
      reply.code(416).header("content-range", `bytes */${size}`).type("text/plain").send("");
      return true;
    }
    const body = await bodyOf(request.method, file, range);
    if (body === undefined) return false;
    reply.headers({
      "content-type": mediaType,
      "content-length": range ? range.end - range.start + 1 : size,
      "accept-ranges": "bytes",
      etag: tag,
      "cache-control": CACHE_CONTROL,
    });
    if (range) reply.code(206).header("content-range", `bytes ${range.start}-${range.end}/${size}`);
    reply.send(body);
    return true;
  };

  /** Undefined: the blob is not there. */
  async function bodyOf(
    method: string,
    file: ServedFile,
    range?: ByteRange,
  ): Promise<Buffer | Readable | "" | undefined> {
    if (method === "HEAD") return (await blobs.stat(file.hash)) === undefined ? undefined : "";
    if (file.size < SMALL_BYTES) {
      const bytes = await load(file);
      return range ? bytes?.subarray(range.start, range.end + 1) : bytes;
    }
    const stream = blobs.read(file.hash, range);
    // Whether it is there has to be known before headers promise its bytes.
    return once(stream, "readable").then(() => stream, absent);
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
