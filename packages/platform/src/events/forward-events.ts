import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { runAs, serviceCaller } from "../auth/caller.ts";
import type { Clients } from "../rpc/clients.ts";
import type { Subscription } from "./event-bus.ts";

/** How long the log may take to answer before the events stay in their outbox for now. */
const TIMEOUT_MS = 20_000;

/**
 * Takes every event of one process to the event log, where that runs in another. An event leaves its outbox only when the log has it.
 * @param service whose events they are.
 */
export function forwardEvents(service: string, clients: Clients): Subscription {
  const handleMany: NonNullable<Subscription["handleMany"]> = async (events) => {
    await runAs(serviceCaller(service), () =>
      clients.of(EventService).appendEvents({ events: [...events] }, { timeoutMs: TIMEOUT_MS }),
    );
  };
  return { group: "event log", types: "all", hears: "publisher", handle: (event) => handleMany([event]), handleMany };
}
