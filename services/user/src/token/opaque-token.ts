import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** How an opaque token or a key's secret is kept: SHA-256 in hex. They have 256 bits of their own, so a slow hash would add nothing. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Whether a secret is the one that was hashed, without telling by time how much of it fits. */
export function isSecretOf(hash: string, secret: string): boolean {
  const expected = Buffer.from(hash, "hex");
  const given = createHash("sha256").update(secret).digest();
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** The 256-bit token of a row, by a keyed hash: whoever has key and row makes it again, nobody else ever. */
export function tokenOf(key: Buffer, id: string, nonce: string): string {
  return createHmac("sha256", key).update(`${id}.${nonce}`).digest("base64url");
}
