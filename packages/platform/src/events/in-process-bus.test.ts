import { CourseDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { expect, it } from "vitest";
import { eventBusContract, namedEvent } from "../testing/event-bus-contract.ts";
import { inProcessBus } from "./in-process-bus.ts";

eventBusContract("in-process bus", async () => inProcessBus(1));

it("lets publish fail when a consumer keeps failing, so that the event stays in its outbox", async () => {
  const bus = inProcessBus(1);
  bus.subscribe({
    group: "g",
    types: [CourseDeletedSchema.typeName],
    handle: () => Promise.reject(new Error("broken")),
  });
  await expect(bus.publish(namedEvent("1"))).rejects.toThrow("broken");
});
