/** Ids in the form of real ones: `kind` is a hexadecimal digit, so that ids of two kinds never collide. */
export function fixtureId(kind: string, number: number): string {
  return `0199b2c4-${kind.padStart(4, "0")}-7000-8000-${String(number).padStart(12, "0")}`;
}

const MINUTE = 60_000;

/** The moment the fixtures were made, and moments before it. */
export const NOW = Date.now();

export const minutesAgo = (minutes: number): bigint => BigInt(Math.round(NOW - minutes * MINUTE));
