import { createHmac, randomBytes } from "node:crypto";
import { errors } from "../errors.ts";

const PREFIX = "whsec_";
/** Bytes of a generated secret; Standard Webhooks asks for 24 to 64. */
const BYTES = 32;

/** A new secret, `whsec_` and base64. */
export function generateSecret(): string {
  return `${PREFIX}${randomBytes(BYTES).toString("base64")}`;
}

/** The key in a secret. @throws SECRET_INVALID */
export function secretKey(secret: string): Buffer {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : "";
  const key = Buffer.from(text, "base64");
  const unpadded = (base64: string): string => base64.replace(/=+$/, "");
  if (unpadded(key.toString("base64")) !== unpadded(text) || key.length < 24 || key.length > 64) {
    throw errors.secretInvalid({ description: "it has to be whsec_ and 24 to 64 bytes in base64" });
  }
  return key;
}

/** The last four characters, for people to tell secrets apart. */
export function hintOf(secret: string): string {
  return secret.replace(/=+$/, "").slice(-4);
}

/**
 * The header fields of Standard Webhooks: id, seconds since 1970, and a signature `v1,…` over `id.timestamp.body` for each secret.
 * @param secrets at least one.
 */
export function signatureHeaders(
  secrets: readonly string[],
  id: string,
  at: Date,
  body: string,
): Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const mac = createHmac("sha256", secretKey(secret)).update(`${id}.${timestamp}.${body}`).digest("base64");
    return `v1,${mac}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
