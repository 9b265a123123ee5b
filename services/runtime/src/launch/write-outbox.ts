import type { OutboxRow } from "@coursemesh/platform/events/outbox.ts";
import type pg from "pg";

/** Announces events in a transaction on a plain connection. */
export async function writeOutbox(client: pg.ClientBase, events: readonly OutboxRow[]): Promise<void> {
  for (const event of events) {
    await client.query("insert into outbox (id, tenant_id, type, payload, traceparent) values ($1, $2, $3, $4, $5)", [
      event.id,
      event.tenantId,
      event.type,
      Buffer.from(event.payload),
      event.traceparent,
    ]);
  }
}
