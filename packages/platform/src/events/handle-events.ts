import { setTimeout as sleep } from "node:timers/promises";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import type { Subscription } from "./event-bus.ts";

/** How often a failing handler is tried before it counts as failed. */
const ATTEMPTS = 3;

export function wants({ types }: Subscription, { type }: EventEnvelope): boolean {
  return types === "all" || types.includes(type);
}

/** Does work until it succeeds or has failed three times. @param waitMs pause before the second attempt, doubled for the third. */
export async function insist(work: () => Promise<void>, waitMs: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      await sleep(waitMs * 2 ** (attempt - 1));
    }
  }
}

/** Gives one subscription the events that it wants, at once where it takes them so. */
export async function handleEvents(
  subscription: Subscription,
  events: readonly EventEnvelope[],
  waitMs: number,
): Promise<void> {
  const { handle, handleMany } = subscription;
  const wanted = events.filter((event) => wants(subscription, event));
  if (wanted.length === 0) return;
  if (handleMany) return insist(() => handleMany(wanted), waitMs);
  for (const event of wanted) await insist(() => handle(event), waitMs);
}
