import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { outboxRow } from "@coursemesh/platform/events/outbox.ts";
import type pg from "pg";

/** Announces an event in a transaction of plain SQL. */
export async function writeEvent<Desc extends DescMessage>(
  client: pg.ClientBase,
  tenantId: string,
  schema: Desc,
  event: MessageShape<Desc>,
): Promise<void> {
  const { id, type, payload, traceparent } = outboxRow(tenantId, schema, event);
  await client.query("insert into outbox (id, tenant_id, type, payload, traceparent) values ($1, $2, $3, $4, $5)", [
    id,
    tenantId,
    type,
    Buffer.from(payload),
    traceparent,
  ]);
}
