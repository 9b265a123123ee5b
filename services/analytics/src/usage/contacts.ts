import type pg from "pg";
import type { Range } from "../period/read-period.ts";

/** What was heard of a destination besides registrations. */
export interface Contact {
  readonly refusals: bigint;
  readonly downloads: bigint;
  readonly last: Date | null;
}

/** Counts in the range, and the last contact ever, of some destinations. */
export async function contactsOf(
  client: pg.ClientBase,
  tenantId: string,
  range: Range,
  ids: readonly string[],
): Promise<Map<string, Contact>> {
  const { rows } = await client.query<{ id: string; refusals: string; downloads: string; last: Date | null }>(
    `select d.id, coalesce(o.refusals, 0) as refusals, coalesce(o.downloads, 0) as downloads,
       greatest(o.last, (select max(r.last_active_at) from registration_fact r where r.tenant_id = $1 and r.destination_id = d.id)) as last
     from unnest($2::uuid[]) as d(id)
     left join lateral (
       select sum(o.amount) filter (where o.kind = 'refusal' and o.at >= $3 and o.at < $4) as refusals,
         sum(o.amount) filter (where o.kind = 'download' and o.at >= $3 and o.at < $4) as downloads, max(o.at) as last
       from entity e join occurrence o on o.tenant_id = $1 and o.subject_id = e.id and o.kind in ('refusal', 'download')
       where e.tenant_id = $1 and e.kind = 'dispatch' and e.parent_id = d.id
     ) o on true`,
    [tenantId, ids, new Date(range.from), new Date(range.to)],
  );
  return new Map(
    rows.map(({ id, refusals, downloads, last }) => [
      id,
      { refusals: BigInt(refusals), downloads: BigInt(downloads), last },
    ]),
  );
}
