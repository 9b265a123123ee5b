import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";

/** Milliseconds since the epoch, 0 for an absent time: how view contracts write times. */
export function millisOf(time: Timestamp | undefined): bigint {
  return time === undefined ? 0n : BigInt(Math.trunc(timestampMs(time)));
}

/** ISO 8601 in UTC, undefined for an absent time. */
export function isoOf(time: Timestamp | undefined): string | undefined {
  return time === undefined ? undefined : new Date(timestampMs(time)).toISOString();
}
