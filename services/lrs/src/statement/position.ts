import { create } from "@bufbuild/protobuf";
import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";

/** The `stored` time of a statement in microseconds since 1970, unique within its organization. */
export type Position = number;

/** As xAPI writes it: always 27 characters, for instance `2026-11-20T14:06:01.123456Z`. */
export function storedText(position: Position): string {
  const micros = String(position % 1000).padStart(3, "0");
  return `${new Date(Math.floor(position / 1000)).toISOString().slice(0, -1)}${micros}Z`;
}

export function timestampOfPosition(position: Position): Timestamp {
  return create(TimestampSchema, {
    seconds: BigInt(Math.floor(position / 1_000_000)),
    nanos: (position % 1_000_000) * 1000,
  });
}

/** The last position at or before a time; what is finer than a microsecond is cut. */
export function positionOf({ seconds, nanos }: Timestamp): Position {
  return Number(seconds) * 1_000_000 + Math.floor(nanos / 1000);
}
