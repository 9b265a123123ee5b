import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { outboxRow } from "@coursemesh/platform/events/outbox.ts";
import { metrics } from "@opentelemetry/api";
import type pg from "pg";

/** Launches, sessions, deployments, completions, refusals: whatever is announced, by the event's name. */
const announced = metrics.getMeter("coursemesh.dispatch").createCounter("coursemesh.dispatch.events", {
  description: "events announced, by type",
});

/** Announces an event in the transaction of a client. */
export async function announce<Desc extends DescMessage>(
  client: pg.ClientBase,
  tenantId: string,
  schema: Desc,
  event: MessageShape<Desc>,
): Promise<void> {
  const row = outboxRow(tenantId, schema, event);
  await client.query("insert into outbox (id, tenant_id, type, payload, traceparent) values ($1, $2, $3, $4, $5)", [
    row.id,
    row.tenantId,
    row.type,
    Buffer.from(row.payload),
    row.traceparent,
  ]);
  announced.add(1, { type: schema.name });
}
