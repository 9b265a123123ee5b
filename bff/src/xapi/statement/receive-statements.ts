import { Readable } from "node:stream";
import { create } from "@bufbuild/protobuf";
import { type Attachment, AttachmentSchema } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { boundaryOf, type ReceivedPart, readMultipart } from "../multipart/read-multipart.ts";
import { wholeBody } from "../request/whole-body.ts";
import type { XapiRequest } from "../request/xapi-request.ts";
import { requestRefused } from "../xapi-errors.ts";
import type { UploadContent } from "./upload-content.ts";

/** What came in: JSON as received, and attachments, whose content is here or in the store already. */
export interface ReceivedStatements {
  readonly json: Buffer;
  readonly attachments: readonly Attachment[];
}

/** Largest bodies in bytes. */
export interface BodyLimits {
  /** Of the JSON. */
  readonly json: number;
  /** Of a whole multipart body. */
  readonly multipart: number;
}

/** Largest attachment that goes along in the message, by the contract. */
const INLINE_BYTES = 1024 * 1024;
/** All that go along; a message has a largest size, too. */
const INLINE_SUM_BYTES = 4 * 1024 * 1024;
const MAX_PARTS = 1_000;

/** Reads the statements of a PUT or POST. @throws QUERY_INVALID for a body of another type, or a multipart body against the rules */
export async function receiveStatements(
  request: XapiRequest,
  limits: BodyLimits,
  upload: UploadContent,
): Promise<ReceivedStatements> {
  const contentType = request.header("content-type") ?? "";
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase();
  const { body } = request;
  if (type === "application/json" && Buffer.isBuffer(body)) return { json: body, attachments: [] };
  if (type !== "multipart/mixed")
    throw requestRefused("XAPI-00127", "Content-Type", "must be application/json or multipart/mixed");
  const chunks = Buffer.isBuffer(body) ? Readable.from([body]) : body;
  // A refusal must still find its way back, so the connection outlives the reading.
  const parts = readMultipart(chunks.iterator({ destroyOnReturn: false }), boundaryOf(contentType), limits.multipart);
  try {
    const first = await parts.next();
    const json = first.done ? Buffer.alloc(0) : await readJsonPart(first.value, limits.json);
    const attachments: Attachment[] = [];
    let room = INLINE_SUM_BYTES;
    for await (const part of parts) {
      if (attachments.length === MAX_PARTS)
        throw requestRefused("multipart-parts", "body", `no more than ${MAX_PARTS} attachments are taken at once`);
      const attachment = await receiveAttachment(part, Math.min(room, INLINE_BYTES), upload);
      room -= attachment.content.length;
      attachments.push(attachment);
    }
    return { json, attachments };
  } catch (error) {
    chunks.resume();
    throw error;
  }
}

async function readJsonPart({ headers, body }: ReceivedPart, maxBytes: number): Promise<Buffer> {
  const type = headers.get("content-type") ?? "";
  if (!/^application\/json\s*(?:;|$)/i.test(type))
    throw requestRefused("XAPI-00132", "body", "the first part must have the Content-Type application/json");
  return wholeBody(body, maxBytes);
}

async function receiveAttachment(part: ReceivedPart, room: number, upload: UploadContent): Promise<Attachment> {
  const sha2 = part.headers.get("x-experience-api-hash")?.toLowerCase() ?? "";
  if (!/^[0-9a-f]{56,128}$/.test(sha2))
    throw requestRefused("XAPI-00134", "body", "every part but the first must name its SHA-2 in X-Experience-API-Hash");
  if (part.headers.get("content-transfer-encoding")?.toLowerCase() !== "binary")
    throw requestRefused("XAPI-00135", "body", "every part but the first must say Content-Transfer-Encoding: binary");
  const contentType = part.headers.get("content-type") ?? "application/octet-stream";
  const pieces: Buffer[] = [];
  let size = 0;
  for (;;) {
    const next = await part.body.next();
    if (next.done) break;
    pieces.push(next.value);
    size += next.value.length;
    if (size <= room) continue;
    const sizeBytes = await upload({ sha2, contentType }, pieces, part.body);
    return create(AttachmentSchema, { sha2, contentType, sizeBytes });
  }
  return create(AttachmentSchema, {
    sha2,
    contentType,
    content: Uint8Array.from(Buffer.concat(pieces)),
    sizeBytes: BigInt(size),
  });
}
