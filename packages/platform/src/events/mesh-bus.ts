import type { EventBus } from "./event-bus.ts";
import { type EventLogBusOptions, eventLogBus } from "./event-log-bus.ts";
import { redisStreamsBus } from "./redis-streams-bus.ts";

/** The bus of one process of a mesh. @param redisUrl without it, events travel through the event log. */
export function meshBus(redisUrl: string | undefined, options: EventLogBusOptions): EventBus {
  return redisUrl === undefined ? eventLogBus(options) : redisStreamsBus({ url: redisUrl, logger: options.logger });
}
