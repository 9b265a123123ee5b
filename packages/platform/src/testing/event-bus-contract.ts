import { create } from "@bufbuild/protobuf";
import { anyPack, anyUnpack, timestampNow } from "@bufbuild/protobuf/wkt";
import { type EventEnvelope, EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { PackageDeletedSchema } from "@coursemesh/proto/coursemesh/content/v1/events_pb.ts";
import { CourseDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { describe, expect, it, vi } from "vitest";
import type { EventBus } from "../events/event-bus.ts";
import { uuidV7 } from "../ids/uuid-v7.ts";

/** The organization whose events a bus is tried with. */
export const CONTRACT_ORGANIZATION = "00000000-0000-7000-8000-00000000b0b0";
const WANTED = CourseDeletedSchema.typeName;

/** An event of the type that is wanted. @param name what it is recognized by. */
export function namedEvent(name: string, organizationId = CONTRACT_ORGANIZATION): EventEnvelope {
  const payload = anyPack(CourseDeletedSchema, create(CourseDeletedSchema, { courseId: name }));
  const type = CourseDeletedSchema.typeName;
  return create(EventEnvelopeSchema, { id: uuidV7(), organizationId, type, occurredAt: timestampNow(), payload });
}

/** What the event's maker called it. */
export function nameOf({ payload }: EventEnvelope): string {
  if (payload === undefined) return "";
  return anyUnpack(payload, CourseDeletedSchema)?.courseId ?? anyUnpack(payload, PackageDeletedSchema)?.packageId ?? "";
}

function otherEvent(name: string): EventEnvelope {
  return create(EventEnvelopeSchema, {
    ...namedEvent(name),
    type: PackageDeletedSchema.typeName,
    payload: anyPack(PackageDeletedSchema, create(PackageDeletedSchema, { packageId: name })),
  });
}

/** What every event bus has to do, whichever way it carries events. */
export function eventBusContract(name: string, make: () => Promise<EventBus>): void {
  describe(name, () => {
    it("gives every group each event of the types it wants, in order", async () => {
      const bus = await make();
      const seen: Record<string, string[]> = { one: [], two: [] };
      for (const group of ["one", "two"]) {
        bus.subscribe({ group, types: [WANTED], handle: async (it) => void seen[group]?.push(nameOf(it)) });
      }
      for (const id of ["1", "2", "3"]) await bus.publish(namedEvent(id));
      await bus.publish(otherEvent("4"));
      await vi.waitFor(() => expect(seen).toEqual({ one: ["1", "2", "3"], two: ["1", "2", "3"] }), 20_000);
      await bus.close();
    });

    it("gives each event to one member of a group", async () => {
      const bus = await make();
      const seen: string[] = [];
      for (const member of ["x", "y"])
        bus.subscribe({ group: "g", types: [WANTED], handle: async (it) => void seen.push(`${member}${nameOf(it)}`) });
      for (const id of ["1", "2", "3", "4"]) await bus.publish(namedEvent(id));
      await vi.waitFor(() => expect(seen.map((it) => it.slice(1)).toSorted()).toEqual(["1", "2", "3", "4"]), 20_000);
      await bus.close();
    });

    it("gives several events at once to a group that takes them so, and one by one to another", async () => {
      const bus = await make();
      const at: string[][] = [];
      const one: string[] = [];
      bus.subscribe({
        group: "many",
        types: "all",
        handle: async (it) => void at.push([nameOf(it)]),
        handleMany: async (events) => void at.push(events.map(nameOf)),
      });
      bus.subscribe({ group: "one", types: [WANTED], handle: async (it) => void one.push(nameOf(it)) });
      await bus.publishMany([namedEvent("1"), otherEvent("2"), namedEvent("3")]);
      await vi.waitFor(
        () => expect({ all: at.flat(), one }).toEqual({ all: ["1", "2", "3"], one: ["1", "3"] }),
        20_000,
      );
      await bus.close();
    });

    it("tries a failing handler again", async () => {
      const bus = await make();
      let calls = 0;
      bus.subscribe({
        group: "g",
        types: [WANTED],
        handle: async () => {
          calls += 1;
          if (calls === 1) throw new Error("not yet");
        },
      });
      await bus.publish(namedEvent("1"));
      await vi.waitFor(() => expect(calls).toBe(2), 20_000);
      await bus.close();
    });

    it("gives a group that takes them at once nothing of what it could not handle as handled", async () => {
      const bus = await make();
      const seen: string[] = [];
      let broken = true;
      bus.subscribe({
        group: "g",
        types: [WANTED],
        handle: async () => undefined,
        handleMany: async (events) => {
          if (broken) throw new Error("not all of them");
          seen.push(...events.map(nameOf));
        },
      });
      // A bus may let publish fail, which leaves the events with whoever publishes, or keep them itself.
      const kept = await bus.publishMany([namedEvent("1"), namedEvent("2")]).then(
        () => true,
        () => false,
      );
      broken = false;
      if (!kept) await bus.publishMany([namedEvent("1"), namedEvent("2")]);
      await vi.waitFor(() => expect(seen).toEqual(["1", "2"]), 5_000);
      await bus.close();
    });

    it("stops giving events to a subscription that ended", async () => {
      const bus = await make();
      const seen: string[] = [];
      const end = bus.subscribe({ group: "g", types: [WANTED], handle: async (it) => void seen.push(nameOf(it)) });
      await bus.publish(namedEvent("1"));
      await vi.waitFor(() => expect(seen).toEqual(["1"]), 20_000);
      end();
      await bus.publish(namedEvent("2"));
      await bus.close();
      expect(seen).toEqual(["1"]);
    });
  });
}
