import { create } from "@bufbuild/protobuf";
import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";

const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?(Z|[+ -]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * An ISO 8601 time with as many digits as it has, up to nanoseconds; without zone it is UTC. Undefined for other texts. A space
 * instead of `+` is what an address without escapes makes of it.
 */
export function readTime(text: string): Timestamp | undefined {
  const found = ISO_TIME.exec(text);
  if (found === null) return undefined;
  const [, day = "", minute = "00:00", second = "00", fraction = "", zone = "Z"] = found;
  const offset = /^z$/i.test(zone) ? "Z" : zoneWithColon(zone.replace(" ", "+"));
  const ms = Date.parse(`${day}T${minute}:${second}${offset}`);
  if (Number.isNaN(ms)) return undefined;
  return create(TimestampSchema, { seconds: BigInt(ms / 1000), nanos: Number(fraction.slice(0, 9).padEnd(9, "0")) });
}

/** `+02`, `+0200` and `+02:00` as `+02:00`. */
function zoneWithColon(zone: string): string {
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  return `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/** ISO 8601 in UTC with milliseconds, rounded down: a time up to which something holds must not come out later. */
export function isoDown(time: Timestamp): string {
  return dateDown(time).toISOString();
}

/** As in the Last-Modified header. */
export function httpDate(time: Timestamp): string {
  return dateDown(time).toUTCString();
}

function dateDown({ seconds, nanos }: Timestamp): Date {
  return new Date(Number(seconds) * 1000 + Math.floor(nanos / 1_000_000));
}
