import { createHmac, timingSafeEqual } from "node:crypto";

/** HMAC-SHA256 of texts that are separated by U+0000, the purpose first: a value made for one purpose never passes for another's. */
export function keyedHash(key: Buffer, purpose: string, ...texts: readonly string[]): Buffer {
  return createHmac("sha256", key)
    .update([purpose, ...texts].join("\0"))
    .digest();
}

/** Compares in constant time. @param given base64url without padding; other spellings of the same bytes are refused. */
export function isSameHash(given: string, expected: Buffer): boolean {
  const bytes = Buffer.from(given, "base64url");
  return bytes.length === expected.length && timingSafeEqual(bytes, expected) && bytes.toString("base64url") === given;
}
