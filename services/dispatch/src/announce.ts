import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { announce as writeAnnouncement } from "@coursemesh/platform/events/outbox.ts";
import { metrics } from "@opentelemetry/api";
import type pg from "pg";

/** Launches, sessions, deployments, completions, refusals: whatever is announced, by the event's name. */
const announced = metrics.getMeter("coursemesh.dispatch").createCounter("coursemesh.dispatch.events", {
  description: "events announced, by type",
});

/** Announces an event in the transaction of a client, and counts it. */
export async function announce<Desc extends DescMessage>(
  client: pg.ClientBase,
  tenantId: string,
  schema: Desc,
  event: MessageShape<Desc>,
): Promise<void> {
  await writeAnnouncement(client, tenantId, schema, event);
  announced.add(1, { type: schema.name });
}
