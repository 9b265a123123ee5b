/** Content of an attachment in a request. */
export interface AttachmentPart {
  readonly sha2: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** Statements with attachments as `multipart/mixed` (1.0.3 Communication 1.5.2). */
export function multipartOf(
  statements: string,
  attachments: readonly AttachmentPart[],
  boundary: string,
): { contentType: string; body: Buffer } {
  const part = (headers: string, content: string | Uint8Array): Buffer[] => [
    Buffer.from(`--${boundary}\r\n${headers}\r\n\r\n`),
    typeof content === "string" ? Buffer.from(content) : Buffer.from(content),
    Buffer.from("\r\n"),
  ];
  const body = [
    ...part("Content-Type: application/json", statements),
    ...attachments.flatMap(({ sha2, contentType, content }) =>
      part(
        `Content-Type: ${contentType.replace(/[\r\n]+/g, " ")}\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}`,
        content,
      ),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ];
  return { contentType: `multipart/mixed; boundary=${boundary}`, body: Buffer.concat(body) };
}
