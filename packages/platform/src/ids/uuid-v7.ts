import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(1024);
let used = pool.length;
let lastMillis = 0;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562): 48 bits of milliseconds, a 12-bit counter that keeps ids of one process in order within a
 * millisecond, 62 random bits. Sorts by the time it was made.
 */
export function uuidV7(now: number = Date.now()): string {
  if (now <= lastMillis) {
    counter += 1;
    if (counter > 0xfff) {
      counter = 0;
      lastMillis += 1;
    }
  } else {
    lastMillis = now;
    counter = 0;
  }
  if (used + 8 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const high = lastMillis.toString(16).padStart(12, "0");
  const sequence = (0x7000 | counter).toString(16);
  const variant = ((pool.readUInt16BE(used) & 0x3fff) | 0x8000).toString(16);
  const random = pool.toString("hex", used + 2, used + 8);
  used += 8;
  return `${high.slice(0, 8)}-${high.slice(8)}-${sequence}-${variant}-${random}`;
}
