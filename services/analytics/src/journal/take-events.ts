import { timestampMs } from "@bufbuild/protobuf/wkt";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { Subscription } from "@coursemesh/platform/events/event-bus.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { OrganizationDeletedSchema } from "@coursemesh/proto/coursemesh/user/v1/events_pb.ts";
import type pg from "pg";
import { NIL } from "../fold/folded.ts";
import { type JournalEvent, REGISTRATION_EVENTS, readRegistrationEvent } from "../fold/registration-event.ts";
import { applyEntities } from "./apply-entities.ts";
import { ENTITY_EVENTS, readEntityEvent } from "./entity-event.ts";
import { OCCURRENCE_EVENTS, readOccurrence } from "./occurrence-event.ts";

/** Everything the journal keeps. */
export const JOURNAL_EVENTS: readonly string[] = [...REGISTRATION_EVENTS, ...ENTITY_EVENTS, ...OCCURRENCE_EVENTS];

/** Whoever takes events of an organization shares it, with the organization as second key; a rebuild of names and counts has it alone. */
export const TAKE_LOCK = 0x74616b65;

/**
 * Keeps events in the journal, each once, and notes which registrations they concern. Counting them is somebody else's work, so that
 * nobody who announces something waits for it.
 * @param taken is told whose events came.
 */
export function takeEvents(pool: () => pg.Pool, taken: (tenantIds: readonly string[]) => void): Subscription {
  const handleMany = async (events: readonly EventEnvelope[]): Promise<void> => {
    const byTenant = Map.groupBy(events, ({ organizationId }) => organizationId);
    for (const [tenantId, theirs] of byTenant) {
      await inTenant(pool(), tenantId, (client) => keepEvents(client, tenantId, theirs.map(journalEvent)));
    }
    taken([...byTenant.keys()]);
  };
  return { group: "analytics", types: JOURNAL_EVENTS, handle: (event) => handleMany([event]), handleMany };
}

/** An event and the trace it belongs to. */
export interface TracedEvent extends JournalEvent {
  readonly traceparent: string;
}

function journalEvent({ id, type, payload, occurredAt, traceparent }: EventEnvelope): TracedEvent {
  return {
    id,
    type,
    payload: payload?.value ?? new Uint8Array(),
    at: occurredAt ? timestampMs(occurredAt) : 0,
    traceparent,
  };
}

/** What an event is about: its journal's second key. */
function subjectOf({ type, payload }: JournalEvent): string {
  return (
    readRegistrationEvent(type, payload)?.registrationId ??
    readEntityEvent(type, payload)?.id ??
    (readOccurrence(type, payload)?.subject_id || NIL)
  );
}

/** Writes events that are not in the journal yet. */
export async function keepEvents(
  client: pg.ClientBase,
  tenantId: string,
  events: readonly TracedEvent[],
): Promise<void> {
  await client.query("select pg_advisory_xact_lock_shared($1, hashtext($2))", [TAKE_LOCK, tenantId]);
  const rows = events
    .map((event) => ({ ...event, subject: subjectOf(event) }))
    // In one order everywhere: no two transactions wait for each other's rows.
    .toSorted((one, other) => (`${one.subject} ${one.id}` < `${other.subject} ${other.id}` ? -1 : 1));
  const { rows: added } = await client.query<{ id: string }>(
    `insert into journal (tenant_id, subject_id, id, type, payload, occurred_at, traceparent)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::timestamptz[], $7::text[])
     on conflict do nothing returning id`,
    [
      tenantId,
      rows.map(({ subject }) => subject),
      rows.map(({ id }) => id),
      rows.map(({ type }) => type),
      rows.map(({ payload }) => Buffer.from(payload)),
      rows.map(({ at }) => new Date(at)),
      rows.map(({ traceparent }) => traceparent),
    ],
  );
  const isNew = new Set(added.map(({ id }) => id));
  const fresh = rows.filter(({ id }) => isNew.has(id));
  const registrations = new Set(fresh.flatMap((row) => (REGISTRATION_EVENTS.includes(row.type) ? row.subject : [])));
  if (registrations.size > 0) {
    await client.query(
      `insert into dirty (tenant_id, registration_id) select $1, * from unnest($2::uuid[])
       on conflict (tenant_id, registration_id) do update set turn = dirty.turn + 1`,
      [tenantId, [...registrations]],
    );
  }
  await applyEntities(client, tenantId, fresh);
  if (fresh.some(({ type }) => type === OrganizationDeletedSchema.typeName)) await forgetTenant(client, tenantId);
}

/** An organization that is gone leaves nothing behind. */
async function forgetTenant(client: pg.ClientBase, tenantId: string): Promise<void> {
  const tables = [
    "journal",
    "dirty",
    "entity",
    "learner",
    "tally",
    "registration_fact",
    "fact",
    "rollup",
    "active_set",
    "enrolled_set",
  ];
  for (const table of [...tables, "activity_fact", "answer_fact", "occurrence", "saved_report"])
    await client.query(`delete from ${table} where tenant_id = $1`, [tenantId]);
}
