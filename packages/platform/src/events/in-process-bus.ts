import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import type { EventBus, Subscription } from "./event-bus.ts";
import { insist, wants } from "./handle-events.ts";

/**
 * The bus of one process: `publish` runs the handlers itself, so that an event leaves its outbox only when every consumer has it.
 * @param waitMs pause before the second attempt, doubled for the third.
 */
export function inProcessBus(waitMs = 50): EventBus {
  const groups = new Map<string, Subscription[]>();
  const turns = new Map<string, number>();
  const running = new Set<Promise<void>>();

  const nextOf = (group: string, members: readonly Subscription[]): Subscription | undefined => {
    const turn = (turns.get(group) ?? 0) + 1;
    turns.set(group, turn);
    return members[turn % members.length];
  };
  const deliver = async (
    group: string,
    members: readonly Subscription[],
    events: readonly EventEnvelope[],
  ): Promise<void> => {
    const many = members.every((member) => member.handleMany) ? nextOf(group, members)?.handleMany : undefined;
    if (many) {
      const wanted = events.filter((event) => members.some((member) => wants(member, event)));
      return wanted.length > 0 ? insist(() => many(wanted), waitMs) : undefined;
    }
    for (const event of events) {
      const interested = members.filter((member) => wants(member, event));
      const member = interested.length > 0 ? nextOf(group, interested) : undefined;
      if (member) await insist(() => member.handle(event), waitMs);
    }
  };
  const publishMany = async (events: readonly EventEnvelope[]): Promise<void> => {
    const wanted = [...groups].map(([group, members]) => deliver(group, members, events));
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
  };

  return {
    publish: (event) => publishMany([event]),
    publishMany,
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
