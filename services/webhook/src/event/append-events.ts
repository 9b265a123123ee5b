import { inSystem } from "@coursemesh/platform/db/database.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { WebhookTestedSchema } from "@coursemesh/proto/coursemesh/webhook/v1/events_pb.ts";
import type pg from "pg";
import type { Logger } from "pino";
import { type LogEntry, logEntryOf } from "./log-entry.ts";

/**
 * Takes events into the log and queues their deliveries, each id once, those of one organization together. When it fails some
 * organizations may have theirs; the same events again change nothing about that.
 * @returns ids that were there before.
 */
export async function appendEvents(
  pool: pg.Pool,
  logger: Logger,
  envelopes: readonly EventEnvelope[],
): Promise<string[]> {
  const known: string[] = [];
  const byTenant = new Map<string, LogEntry[]>();
  for (const envelope of envelopes) {
    // A test is told to whoever asked for it and nobody else. What belongs to no organization has no log.
    if (envelope.type === WebhookTestedSchema.typeName || envelope.organizationId === "") continue;
    const entries = byTenant.get(envelope.organizationId) ?? [];
    entries.push(logEntryOf(envelope, logger));
    byTenant.set(envelope.organizationId, entries);
  }
  for (const [tenantId, entries] of byTenant) {
    const found = await inSystem(pool, (client) =>
      client.query<{ id: string }>("select append_events($1, $2::jsonb) as id", [tenantId, JSON.stringify(entries)]),
    );
    known.push(...found.rows.map(({ id }) => id));
  }
  return known;
}
