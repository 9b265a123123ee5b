import { type DescMessage, type MessageShape, toBinary } from "@bufbuild/protobuf";
import type { EntityManager } from "@mikro-orm/postgresql";
import type pg from "pg";
import { uuidV7 } from "../ids/uuid-v7.ts";
import { currentTraceparent } from "../telemetry/traceparent.ts";

/** One row of a service's `outbox` table. Every service's first migration makes that table; see `docs/events.md`. */
export interface OutboxRow {
  readonly id: string;
  readonly tenantId: string;
  /** Full name of the event's message. */
  readonly type: string;
  readonly payload: Uint8Array;
  readonly traceparent: string;
}

/** Makes an outbox row for hot paths that write it with their own SQL. */
export function outboxRow<Desc extends DescMessage>(
  organizationId: string,
  schema: Desc,
  event: MessageShape<Desc>,
): OutboxRow {
  return {
    id: uuidV7(),
    tenantId: organizationId,
    type: schema.typeName,
    payload: toBinary(schema, event),
    traceparent: currentTraceparent(),
  };
}

/**
 * Announces an event in the transaction that makes it true: call it inside `em.transactional`. Nothing is announced when the
 * transaction fails, and nothing is lost when the process dies after it.
 */
export async function recordEvent<Desc extends DescMessage>(
  em: EntityManager,
  organizationId: string,
  schema: Desc,
  event: MessageShape<Desc>,
): Promise<void> {
  const row = outboxRow(organizationId, schema, event);
  await em.execute("insert into outbox (id, tenant_id, type, payload, traceparent) values (?, ?, ?, ?, ?)", [
    row.id,
    row.tenantId,
    row.type,
    Buffer.from(row.payload),
    row.traceparent,
  ]);
}

/** Writes an outbox row in the transaction of a client. */
export async function writeOutboxRow(client: pg.ClientBase, row: OutboxRow): Promise<void> {
  await client.query("insert into outbox (id, tenant_id, type, payload, traceparent) values ($1, $2, $3, $4, $5)", [
    row.id,
    row.tenantId,
    row.type,
    Buffer.from(row.payload),
    row.traceparent,
  ]);
}

/** What {@link recordEvent} does, in the transaction of a client. */
export async function announce<Desc extends DescMessage>(
  client: pg.ClientBase,
  organizationId: string,
  schema: Desc,
  event: MessageShape<Desc>,
): Promise<void> {
  await writeOutboxRow(client, outboxRow(organizationId, schema, event));
}
