import { type OutboxRow, writeOutboxRow } from "@coursemesh/platform/events/outbox.ts";
import type pg from "pg";

/** Announces events in a transaction on a plain connection. */
export async function writeOutbox(client: pg.ClientBase, events: readonly OutboxRow[]): Promise<void> {
  for (const event of events) await writeOutboxRow(client, event);
}
