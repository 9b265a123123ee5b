import type { Redis } from "ioredis";

/** One entry of a stream. */
export interface Entry {
  readonly id: string;
  readonly value: Buffer;
}

/** Reads a stream, as a member of a group or for itself. */
export interface StreamReader {
  /** Entries in their order; none when none came for a while. */
  next(): Promise<Entry[]>;
}

/** What is read. */
export interface StreamPlace {
  readonly stream: string;
  /** Field of an entry that holds its value. */
  readonly field: string;
  /** A group begins with the oldest entry there is; without one reading begins with what is added from now on. */
  readonly group?: string;
  readonly member?: string;
  readonly claimAfterMs: number;
}

const COUNT = 200;
const WAIT_MS = 1_000;

export function streamReader(redis: Redis, place: StreamPlace): StreamReader {
  const { group, member } = place;
  return group === undefined || member === undefined
    ? ownReader(redis, place)
    : groupReader(redis, { ...place, group, member });
}

function ownReader(redis: Redis, { stream, field }: StreamPlace): StreamReader {
  let last: string | undefined;
  return {
    async next() {
      last ??= entriesOf(await redis.xrevrangeBuffer(stream, "+", "-", "COUNT", 1), field)[0]?.id ?? "0";
      const entries = firstStream(
        await redis.xreadBuffer("COUNT", COUNT, "BLOCK", WAIT_MS, "STREAMS", stream, last),
        field,
      );
      last = entries.at(-1)?.id ?? last;
      return entries;
    },
  };
}

function groupReader(
  redis: Redis,
  { stream, field, group, member, claimAfterMs }: StreamPlace & { readonly group: string; readonly member: string },
): StreamReader {
  let joined = false;
  let claimedAt = Number.NEGATIVE_INFINITY;

  const join = async (): Promise<void> => {
    await redis.xgroup("CREATE", stream, group, "0", "MKSTREAM").catch((error: unknown) => {
      if (!String(error).includes("BUSYGROUP")) throw error;
    });
    joined = true;
  };
  /** What members that are gone, or this one, did not acknowledge in time. */
  const claim = async (): Promise<Entry[]> => {
    if (performance.now() - claimedAt < claimAfterMs / 2) return [];
    const answer: unknown = await redis.callBuffer(
      "XAUTOCLAIM",
      stream,
      group,
      member,
      claimAfterMs,
      "0-0",
      "COUNT",
      COUNT,
    );
    const entries = entriesOf(Array.isArray(answer) ? answer[1] : [], field);
    if (entries.length === 0) claimedAt = performance.now();
    return entries;
  };
  return {
    async next() {
      if (!joined) await join();
      try {
        const claimed = await claim();
        if (claimed.length > 0) return claimed;
        return firstStream(
          await redis.xreadgroupBuffer(
            "GROUP",
            group,
            member,
            "COUNT",
            COUNT,
            "BLOCK",
            WAIT_MS,
            "STREAMS",
            stream,
            ">",
          ),
          field,
        );
      } catch (error) {
        // Redis was emptied, or is another one.
        if (String(error).includes("NOGROUP")) joined = false;
        throw error;
      }
    },
  };
}

/** Redis answers `[[stream, [[id, [field, value, …]], …]]]`. */
function firstStream(answer: unknown, field: string): Entry[] {
  const first: unknown = Array.isArray(answer) ? answer[0] : undefined;
  return entriesOf(Array.isArray(first) ? first[1] : [], field);
}

function entriesOf(answer: unknown, field: string): Entry[] {
  const entries: unknown[] = Array.isArray(answer) ? answer : [];
  return entries.flatMap((entry) => {
    const [id, fields]: unknown[] = Array.isArray(entry) ? entry : [];
    const pairs: unknown[] = Array.isArray(fields) ? fields : [];
    const value = pairs[pairs.findIndex((name, index) => index % 2 === 0 && String(name) === field) + 1];
    return Buffer.isBuffer(value) ? [{ id: String(id), value }] : [];
  });
}
