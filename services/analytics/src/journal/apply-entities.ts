import type pg from "pg";
import type { JournalEvent } from "../fold/registration-event.ts";
import type { Prefix } from "../store/tables.ts";
import { readEntityEvent } from "./entity-event.ts";
import { readOccurrence } from "./occurrence-event.ts";

/** Takes over names and counts from events. The newest event of a thing counts, whatever the order in which they come; what is gone keeps its name. */
export async function applyEntities(
  client: pg.ClientBase,
  tenantId: string,
  events: readonly JournalEvent[],
  prefix: Prefix = "",
): Promise<void> {
  const changes = events.flatMap((event) => {
    const change = readEntityEvent(event.type, event.payload);
    return change ? [{ ...change, event_id: event.id }] : [];
  });
  for (const change of changes) await applyEntity(client, prefix, tenantId, change);
  const occurrences = events.flatMap((event) => {
    const occurrence = readOccurrence(event.type, event.payload);
    return occurrence ? [{ ...occurrence, tenant_id: tenantId, event_id: event.id, at: new Date(event.at) }] : [];
  });
  if (occurrences.length === 0) return;
  await client.query(
    `insert into ${prefix}occurrence (tenant_id, event_id, kind, subject_id, at, amount)
     select tenant_id, event_id, kind, subject_id, at, amount from json_populate_recordset(null::occurrence, $1::json)
     on conflict do nothing`,
    [JSON.stringify(occurrences)],
  );
}

async function applyEntity(
  client: pg.ClientBase,
  prefix: Prefix,
  tenantId: string,
  change: NonNullable<ReturnType<typeof readEntityEvent>> & { readonly event_id: string },
): Promise<void> {
  const nobody = "00000000-0000-0000-0000-000000000000";
  await client.query(
    `insert into ${prefix}entity as e (tenant_id, kind, id, event_id, name, parent_id, current_id, current_event_id, number, size_bytes, tags, deleted)
     values ($1, $2, $3, case when $11 or $12 then '${nobody}' else $4::uuid end, $5, $6, $7::uuid,
       case when $7::uuid is null then null else $4::uuid end, $8, $9, $10, $11)
     on conflict (tenant_id, kind, id) do update set
       name = case when excluded.event_id > e.event_id then excluded.name else e.name end,
       parent_id = case when excluded.event_id > e.event_id then coalesce(excluded.parent_id, e.parent_id) else coalesce(e.parent_id, excluded.parent_id) end,
       number = case when excluded.event_id > e.event_id then excluded.number else e.number end,
       size_bytes = case when excluded.event_id > e.event_id then excluded.size_bytes else e.size_bytes end,
       tags = case when excluded.event_id > e.event_id then excluded.tags else e.tags end,
       current_id = case when excluded.current_event_id > coalesce(e.current_event_id, '${nobody}') then excluded.current_id else e.current_id end,
       current_event_id = greatest(excluded.current_event_id, e.current_event_id),
       event_id = greatest(excluded.event_id, e.event_id),
       deleted = e.deleted or excluded.deleted`,
    [
      tenantId,
      change.kind,
      change.id,
      change.event_id,
      change.name,
      change.parent_id,
      change.current_id,
      change.number,
      change.size_bytes,
      change.tags,
      change.deleted,
      change.only_current,
    ],
  );
}
