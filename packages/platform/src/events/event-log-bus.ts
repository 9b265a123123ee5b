import { setTimeout as sleep } from "node:timers/promises";
import { create } from "@bufbuild/protobuf";
import {
  EventService,
  type TakeEventsResponse,
  type TakenOutcome,
  TakenOutcomeSchema,
} from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import type { Logger } from "pino";
import { runAs, serviceCaller } from "../auth/caller.ts";
import type { Clients } from "../rpc/clients.ts";
import type { EventBus, Subscription } from "./event-bus.ts";
import { handleEvents } from "./handle-events.ts";
import { inProcessBus } from "./in-process-bus.ts";

/** How a process reads the log. */
export interface EventLogBusOptions {
  /** Whose process it is. */
  readonly service: string;
  readonly clients: Clients;
  readonly logger: Logger;
  /** How long the log waits for an event before it answers that there is none. */
  readonly waitMs?: number;
  /** Pause before a failing handler's second attempt, and before the log is asked again after it did not answer. */
  readonly retryMs?: number;
}

const LIMIT = 200;
const LONGEST_RETRY_MS = 5_000;
/** What an answer may take beyond the wait. */
const ANSWER_MS = 15_000;

/**
 * The bus of a process in the mesh: subscriptions read the event log by a cursor that is kept there. What is published goes to subscriptions
 * of the kind `publisher`, of which one takes it to the log.
 */
export function eventLogBus(options: EventLogBusOptions): EventBus {
  const { retryMs = 50 } = options;
  const publishing = inProcessBus(retryMs);
  const reading = new Set<Promise<void>>();
  const ends = new Set<AbortController>();

  return {
    publish: (event) => publishing.publish(event),
    publishMany: (events) => publishing.publishMany(events),
    subscribe(subscription) {
      if (subscription.hears === "publisher") return publishing.subscribe(subscription);
      const end = new AbortController();
      ends.add(end);
      const read = readLog(subscription, options, end.signal).finally(() => {
        reading.delete(read);
        ends.delete(end);
      });
      reading.add(read);
      return () => end.abort();
    },
    async close() {
      for (const end of ends) end.abort();
      await Promise.all(reading);
      await publishing.close();
    },
  };
}

/** Takes events and handles them until the subscription ends; what is being handled then is finished and answered for. */
async function readLog(
  subscription: Subscription,
  { service, clients, logger, waitMs = 10_000, retryMs = 50 }: EventLogBusOptions,
  ended: AbortSignal,
): Promise<void> {
  const { group, types, hears } = subscription;
  const request = {
    consumer: group,
    schemas: types === "all" ? [] : [...types],
    transient: hears === "everyone",
    waitMs,
  };
  const take = (limit: number, outcome: TakenOutcome | undefined, signal?: AbortSignal): Promise<TakeEventsResponse> =>
    runAs(serviceCaller(service), () =>
      clients
        .of(EventService)
        .takeEvents(
          { ...request, limit, ...(outcome && { outcome }) },
          { timeoutMs: waitMs + ANSWER_MS, ...(signal && { signal }) },
        ),
    );
  let outcome: TakenOutcome | undefined;
  let pauseMs = retryMs;
  while (!ended.aborted) {
    try {
      const { events, lease } = await take(LIMIT, outcome, ended);
      pauseMs = retryMs;
      outcome = undefined;
      if (lease === "") continue;
      const handled = await handleEvents(subscription, events, retryMs).then(
        () => true,
        (error: unknown) => {
          logger.warn({ err: error, consumer: group }, "events could not be handled; they will be tried again");
          return false;
        },
      );
      outcome = create(TakenOutcomeSchema, { lease, handled });
    } catch (error) {
      if (ended.aborted) break;
      logger.warn({ err: error, consumer: group }, "the event log does not answer; it will be asked again");
      await sleep(pauseMs, undefined, { signal: ended }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, LONGEST_RETRY_MS);
    }
  }
  // Otherwise the next process would wait for the lease to end.
  if (outcome) await take(0, outcome).catch(() => undefined);
}
