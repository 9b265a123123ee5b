import type { OutboxRow } from "@coursemesh/platform/events/outbox.ts";
import type pg from "pg";

/** Announces events in a transaction on a plain connection. */
export async function writeOutbox(
  client: pg.ClientBase,
  organizationId: string,
  events: readonly OutboxRow[],
): Promise<void> {
  await client.query({
    name: "write_outbox",
    text: `insert into outbox (id, tenant_id, type, payload, traceparent)
      select id, $1, type, payload, traceparent
      from unnest($2::uuid[], $3::text[], $4::bytea[], $5::text[]) as event (id, type, payload, traceparent)`,
    values: [
      organizationId,
      events.map((event) => event.id),
      events.map((event) => event.type),
      events.map((event) => Buffer.from(event.payload)),
      events.map((event) => event.traceparent),
    ],
  });
}
