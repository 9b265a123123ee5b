import { setTimeout as sleep } from "node:timers/promises";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import type { EventBus, Subscription } from "./event-bus.ts";

/** How often a failing handler is tried before `publish` gives up, which leaves the event in its outbox. */
const ATTEMPTS = 3;

/**
 * The bus of one process: `publish` runs the handlers itself, so that an event leaves its outbox only when every consumer has it.
 * @param waitMs pause before the second attempt, doubled for the third.
 */
export function inProcessBus(waitMs = 50): EventBus {
  const groups = new Map<string, Subscription[]>();
  const turns = new Map<string, number>();
  const running = new Set<Promise<void>>();

  const deliver = async (group: string, members: readonly Subscription[], event: EventEnvelope): Promise<void> => {
    const turn = (turns.get(group) ?? 0) + 1;
    turns.set(group, turn);
    const member = members[turn % members.length];
    for (let attempt = 1; member !== undefined; attempt += 1) {
      try {
        return await member.handle(event);
      } catch (error) {
        if (attempt >= ATTEMPTS) throw error;
        await sleep(waitMs * 2 ** (attempt - 1));
      }
    }
  };

  return {
    async publish(event) {
      const wanted = [...groups].flatMap(([group, members]) => {
        const interested = members.filter((member) => member.types.includes(event.type));
        return interested.length > 0 ? [deliver(group, interested, event)] : [];
      });
      const all = Promise.allSettled(wanted).then((results) => {
        const failed = results.find((result) => result.status === "rejected");
        if (failed) throw failed.reason;
      });
      running.add(all);
      try {
        await all;
      } finally {
        running.delete(all);
      }
    },
    subscribe(subscription) {
      groups.set(subscription.group, [...(groups.get(subscription.group) ?? []), subscription]);
      return () => {
        const left = (groups.get(subscription.group) ?? []).filter((member) => member !== subscription);
        if (left.length > 0) groups.set(subscription.group, left);
        else groups.delete(subscription.group);
      };
    },
    async close() {
      await Promise.allSettled(running);
    },
  };
}
