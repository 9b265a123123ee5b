import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";

/** Takes one event; throwing means "try again later". Must tolerate the same event twice: `id` tells. */
export type EventHandler = (event: EventEnvelope) => Promise<void>;

/** Who wants which events. */
export interface Subscription {
  /** Name of the consumer; every group gets every event, one member of a group gets each. */
  readonly group: string;
  /** Full message names, or every event there is. */
  readonly types: readonly string[] | "all";
  /**
   * Where events of other processes come in.
   * - `group`, when absent: one process of all those that subscribed under this name hears of each event, and what happens while none of them
   *   runs is told when one runs again.
   * - `everyone`: each process hears of what happens from now on. Every one has a group name of its own.
   * - `publisher`: only of the process that publishes, before the event counts as published.
   */
  readonly hears?: "group" | "everyone" | "publisher";
  readonly handle: EventHandler;
  /** Takes several events at once, in their order, all or none; for consumers to which that is cheaper. */
  readonly handleMany?: (events: readonly EventEnvelope[]) => Promise<void>;
}

/** Carries events from outboxes to consumers: at least once, in order per outbox while nothing fails. */
export interface EventBus {
  /** Resolves once every group that wants the event is certain to get it. */
  publish(event: EventEnvelope): Promise<void>;
  /** The same for several events in their order. When it fails, some groups may have some of them. */
  publishMany(events: readonly EventEnvelope[]): Promise<void>;
  /** Returns a function that ends the subscription. */
  subscribe(subscription: Subscription): () => void;
  /** Waits until what was published has been handled or has failed for good. */
  close(): Promise<void>;
}
