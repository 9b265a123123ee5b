import { create } from "@bufbuild/protobuf";
import { EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { expect, it } from "vitest";
import { eventBusContract } from "../testing/event-bus-contract.ts";
import { inProcessBus } from "./in-process-bus.ts";

eventBusContract("in-process bus", async () => inProcessBus(1));

it("lets publish fail when a consumer keeps failing, so that the event stays in its outbox", async () => {
  const bus = inProcessBus(1);
  bus.subscribe({ group: "g", types: ["a.Happened"], handle: () => Promise.reject(new Error("broken")) });
  await expect(bus.publish(create(EventEnvelopeSchema, { id: "1", type: "a.Happened" }))).rejects.toThrow("broken");
});
