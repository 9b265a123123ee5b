import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type EventEnvelope, EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import type { EventBus, Subscription } from "./event-bus.ts";
import { handleEvents } from "./handle-events.ts";
import { inProcessBus } from "./in-process-bus.ts";
import { type Entry, streamReader } from "./redis-stream-reader.ts";

/** How a process reaches the stream. */
export interface RedisStreamsBusOptions {
  /** `redis://host:6379/0`, or `rediss://` with TLS. */
  readonly url: string;
  readonly logger: Logger;
  /** Key of the stream; all processes of an installation have the same. */
  readonly stream?: string;
  /** Pause before a failing handler's second attempt, and after Redis did not answer. */
  readonly retryMs?: number;
  /** When events that a process took and did not acknowledge are given to whoever asks, also to itself. */
  readonly claimAfterMs?: number;
}

/** The oldest entries go when there are about this many: some hundred megabytes of Redis's memory. */
const LONGEST_STREAM = 500_000;
const FIELD = "event";

/**
 * The bus of a process in a mesh with Redis: one stream, and a consumer group for each group of subscriptions. What is published is in the
 * stream, after subscriptions of the kind `publisher` have it, before `publish` resolves.
 */
export function redisStreamsBus(options: RedisStreamsBusOptions): EventBus {
  const { url, logger, stream = "coursemesh:events", retryMs = 50 } = options;
  const publishing = inProcessBus(retryMs);
  // A publisher is told soon that Redis is away, so that its events stay in their outbox.
  const redis = quiet(new Redis(url, { maxRetriesPerRequest: 2 }), logger);
  const reading = new Set<Promise<void>>();
  const ends = new Set<() => void>();

  const publishMany = async (events: readonly EventEnvelope[]): Promise<void> => {
    await publishing.publishMany(events);
    const adding = redis.pipeline();
    for (const event of events)
      adding.xadd(stream, "MAXLEN", "~", LONGEST_STREAM, "*", FIELD, Buffer.from(toBinary(EventEnvelopeSchema, event)));
    const failed = (await adding.exec())?.find(([error]) => error !== null);
    if (failed?.[0]) throw failed[0];
  };

  return {
    publish: (event) => publishMany([event]),
    publishMany,
    subscribe(subscription) {
      if (subscription.hears === "publisher") return publishing.subscribe(subscription);
      const ended = new AbortController();
      // Waiting for entries holds a connection, so every subscription has its own.
      const connection = quiet(redis.duplicate({ maxRetriesPerRequest: null }), logger);
      const end = (): void => {
        ended.abort();
        connection.disconnect();
      };
      ends.add(end);
      const read = readStream(
        subscription,
        { ...options, stream, retryMs },
        { redis, connection },
        ended.signal,
      ).finally(() => {
        reading.delete(read);
        ends.delete(end);
      });
      reading.add(read);
      return end;
    },
    async close() {
      for (const end of ends) end();
      await Promise.all(reading);
      await publishing.close();
      redis.disconnect();
    },
  };
}

async function readStream(
  subscription: Subscription,
  { logger, stream = "", retryMs = 50, claimAfterMs = 30_000 }: RedisStreamsBusOptions,
  { redis, connection }: { readonly redis: Redis; readonly connection: Redis },
  ended: AbortSignal,
): Promise<void> {
  const { group, hears } = subscription;
  const reader = streamReader(connection, {
    stream,
    field: FIELD,
    claimAfterMs,
    ...(hears !== "everyone" && { group, member: randomUUID() }),
  });
  while (!ended.aborted) {
    try {
      const entries = await reader.next();
      if (ended.aborted) return;
      const handled = await handleEntries(subscription, entries, retryMs, logger);
      if (handled.length > 0 && hears !== "everyone") await redis.xack(stream, group, ...handled);
    } catch (error) {
      if (ended.aborted) return;
      logger.warn({ err: error, consumer: group }, "Redis does not answer; it will be asked again");
      await sleep(retryMs * 10, undefined, { signal: ended }).catch(() => undefined);
    }
  }
}

/** Answers ids of entries that were handled. One organization's failure leaves the others alone. */
async function handleEntries(
  subscription: Subscription,
  entries: readonly Entry[],
  retryMs: number,
  logger: Logger,
): Promise<string[]> {
  const read = entries.map(({ id, value }) => ({ id, event: fromBinary(EventEnvelopeSchema, value) }));
  const handled: string[] = [];
  for (const theirs of Map.groupBy(read, ({ event }) => event.organizationId).values()) {
    try {
      await handleEvents(
        subscription,
        theirs.map(({ event }) => event),
        retryMs,
      );
      handled.push(...theirs.map(({ id }) => id));
    } catch (error) {
      logger.warn(
        { err: error, consumer: subscription.group },
        "events could not be handled; they will be tried again",
      );
    }
  }
  return handled;
}

/** A connection whose failures go to the log instead of ending the process. */
function quiet(redis: Redis, logger: Logger): Redis {
  redis.on("error", (error: unknown) => logger.warn({ err: error }, "the connection to Redis failed"));
  return redis;
}
