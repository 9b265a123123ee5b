import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { Attachment } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { XapiAnswer } from "../request/xapi-request.ts";

/**
 * Statements as the first part of a `multipart/mixed` answer, then their attachments (Communication 1.5.2).
 * @param contentOf streams what was too large to come along.
 */
export function multipartAnswer(
  statements: Buffer,
  attachments: readonly Attachment[],
  contentOf: (attachment: Attachment) => AsyncIterable<Uint8Array>,
): XapiAnswer {
  const boundary = `coursemesh-${randomUUID()}`;
  const headers = { "content-type": `multipart/mixed; boundary=${boundary}` };
  const first = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Type: application/json\r\n\r\n`),
    statements,
    Buffer.from("\r\n"),
  ]);
  const partHeaders = ({ contentType, sha2 }: Attachment): Buffer =>
    Buffer.from(
      `--${boundary}\r\nContent-Type: ${oneLine(contentType)}\r\nContent-Transfer-Encoding: binary\r\n` +
        `X-Experience-API-Hash: ${sha2}\r\n\r\n`,
    );
  const end = Buffer.from(`--${boundary}--\r\n`);
  if (!attachments.some(isElsewhere)) {
    const parts = attachments.flatMap((it) => [partHeaders(it), it.content, LINE_BREAK]);
    return { status: 200, headers, body: Buffer.concat([first, ...parts, end]) };
  }
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield first;
    for (const attachment of attachments) {
      yield partHeaders(attachment);
      if (isElsewhere(attachment)) yield* contentOf(attachment);
      else yield attachment.content;
      yield LINE_BREAK;
    }
    yield end;
  }
  return { status: 200, headers, body: Readable.from(pieces(), { objectMode: false }) };
}

const LINE_BREAK = Buffer.from("\r\n");

function isElsewhere({ content, sizeBytes }: Attachment): boolean {
  return content.length === 0 && sizeBytes > 0n;
}

/** A type as it was received cannot add headers of its own. */
function oneLine(contentType: string): string {
  return contentType.replace(/[\r\n]+/g, " ") || "application/octet-stream";
}
