import { create } from "@bufbuild/protobuf";
import { type EventEnvelope, EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { describe, expect, it, vi } from "vitest";
import type { EventBus } from "../events/event-bus.ts";

const event = (id: string, type = "a.Happened"): EventEnvelope => create(EventEnvelopeSchema, { id, type });

/** What every event bus has to do, whichever way it carries events. */
export function eventBusContract(name: string, make: () => Promise<EventBus>): void {
  describe(name, () => {
    it("gives every group each event of the types it wants, in order", async () => {
      const bus = await make();
      const seen: Record<string, string[]> = { one: [], two: [] };
      for (const group of ["one", "two"]) {
        bus.subscribe({ group, types: ["a.Happened"], handle: async (it) => void seen[group]?.push(it.id) });
      }
      for (const id of ["1", "2", "3"]) await bus.publish(event(id));
      await bus.publish(event("4", "b.Other"));
      await vi.waitFor(() => expect(seen).toEqual({ one: ["1", "2", "3"], two: ["1", "2", "3"] }));
      await bus.close();
    });

    it("gives each event to one member of a group", async () => {
      const bus = await make();
      const seen: string[] = [];
      for (const member of ["x", "y"])
        bus.subscribe({ group: "g", types: ["a.Happened"], handle: async (it) => void seen.push(`${member}${it.id}`) });
      for (const id of ["1", "2", "3", "4"]) await bus.publish(event(id));
      await vi.waitFor(() => expect(seen.map((it) => it.slice(1)).toSorted()).toEqual(["1", "2", "3", "4"]));
      await bus.close();
    });

    it("gives several events at once to a group that takes them so, and one by one to another", async () => {
      const bus = await make();
      const at: string[][] = [];
      const one: string[] = [];
      bus.subscribe({
        group: "many",
        types: "all",
        handle: async (it) => void at.push([it.id]),
        handleMany: async (events) => void at.push(events.map((it) => it.id)),
      });
      bus.subscribe({ group: "one", types: ["a.Happened"], handle: async (it) => void one.push(it.id) });
      await bus.publishMany([event("1"), event("2", "b.Other"), event("3")]);
      await vi.waitFor(() => expect({ all: at.flat(), one }).toEqual({ all: ["1", "2", "3"], one: ["1", "3"] }));
      await bus.close();
    });

    it("tries a failing handler again", async () => {
      const bus = await make();
      let calls = 0;
      bus.subscribe({
        group: "g",
        types: ["a.Happened"],
        handle: async () => {
          calls += 1;
          if (calls === 1) throw new Error("not yet");
        },
      });
      await bus.publish(event("1"));
      await vi.waitFor(() => expect(calls).toBe(2));
      await bus.close();
    });

    it("stops giving events to a subscription that ended", async () => {
      const bus = await make();
      const seen: string[] = [];
      const end = bus.subscribe({ group: "g", types: ["a.Happened"], handle: async (it) => void seen.push(it.id) });
      await bus.publish(event("1"));
      await vi.waitFor(() => expect(seen).toEqual(["1"]));
      end();
      await bus.publish(event("2"));
      await bus.close();
      expect(seen).toEqual(["1"]);
    });
  });
}
