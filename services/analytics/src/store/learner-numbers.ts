import type pg from "pg";
import type { Folded } from "../fold/folded.ts";

/** Numbers of the learners of these registrations; new ones get the next. Only whoever holds the fold's lock may call it. */
export async function learnerNumbers(
  client: pg.ClientBase,
  tenantId: string,
  folded: readonly Folded[],
): Promise<Map<string, number>> {
  const ids = [...new Set(folded.map(({ standing }) => standing.learner_id))];
  const added = await client.query(
    `insert into learner (tenant_id, learner_id, number)
     select $1, l.id, (select coalesce(max(number), -1) from learner where tenant_id = $1) + row_number() over (order by l.id)
     from unnest($2::text[]) as l(id)
     where not exists (select 1 from learner k where k.tenant_id = $1 and k.learner_id = l.id)`,
    [tenantId, ids],
  );
  await countLearners(client, tenantId, added.rowCount ?? 0);
  const names = folded.filter(({ nameEventId }) => nameEventId !== undefined);
  await client.query(
    `update learner l set name = n.name, name_event_id = n.event_id
     from (
       select distinct on (id) id, name, event_id from unnest($2::text[], $3::text[], $4::uuid[]) as t(id, name, event_id)
       order by id, event_id desc
     ) n
     where l.tenant_id = $1 and l.learner_id = n.id and (l.name_event_id is null or l.name_event_id < n.event_id)`,
    [
      tenantId,
      names.map(({ standing }) => standing.learner_id),
      names.map(({ learnerName }) => learnerName),
      names.map(({ nameEventId }) => nameEventId),
    ],
  );
  const { rows } = await client.query<{ learner_id: string; number: number }>(
    "select learner_id, number from learner where tenant_id = $1 and learner_id = any($2)",
    [tenantId, ids],
  );
  return new Map(rows.map((row) => [row.learner_id, row.number]));
}

async function countLearners(client: pg.ClientBase, tenantId: string, more: number): Promise<void> {
  if (more === 0) return;
  await client.query(
    `insert into tally (tenant_id, learners) values ($1, $2)
     on conflict (tenant_id) do update set learners = tally.learners + excluded.learners`,
    [tenantId, more],
  );
}

/** Forgets those of these learners that have no registration any more. */
export async function forgetLearners(
  client: pg.ClientBase,
  tenantId: string,
  numbers: readonly number[],
): Promise<void> {
  const { rowCount } = await client.query(
    `delete from learner l where l.tenant_id = $1 and l.number = any($2) and not exists (
       select 1 from registration_fact r where r.tenant_id = $1 and r.learner_id = l.learner_id
     )`,
    [tenantId, numbers],
  );
  await countLearners(client, tenantId, -(rowCount ?? 0));
}

/** Learners who lost a registration are called as those that remain tell, whenever the lost one came; these are folded once more. */
export async function nameAgain(client: pg.ClientBase, tenantId: string, numbers: readonly number[]): Promise<void> {
  await client.query(
    `with l as (
       update learner set name_event_id = null where tenant_id = $1 and number = any($2) returning learner_id
     )
     insert into dirty (tenant_id, registration_id)
     select $1, r.registration_id from registration_fact r where r.tenant_id = $1 and r.learner_id in (select learner_id from l)
     on conflict (tenant_id, registration_id) do update set turn = dirty.turn + 1`,
    [tenantId, numbers],
  );
}

/** Notes when learners were active first and last. @param numbers undefined: all of the organization. */
export async function markLearners(
  client: pg.ClientBase,
  tenantId: string,
  numbers: readonly number[] | undefined,
): Promise<void> {
  const some = (column: string): string => (numbers ? `and ${column} = any($2::int[])` : "");
  await client.query(
    `with f as materialized (
       select learner_no, min(at) as first, max(at) as last from fact where tenant_id = $1 and active ${some("learner_no")} group by learner_no
     )
     update learner l set first_active_at = n.first, last_active_at = n.last
     from (
       select k.number, f.first, f.last from learner k left join f on f.learner_no = k.number where k.tenant_id = $1 ${some("k.number")}
     ) n
     where l.tenant_id = $1 and l.number = n.number
       and (l.first_active_at is distinct from n.first or l.last_active_at is distinct from n.last)`,
    numbers ? [tenantId, numbers] : [tenantId],
  );
}

/** After a rebuild: who has no registration is none of the learners, and all are counted anew. */
export async function settleLearners(client: pg.ClientBase, tenantId: string): Promise<void> {
  await client.query(
    `delete from learner l where l.tenant_id = $1 and not exists (
       select 1 from registration_fact r where r.tenant_id = $1 and r.learner_id = l.learner_id
     )`,
    [tenantId],
  );
  await client.query(
    `insert into tally (tenant_id, learners) select $1, count(*) from learner where tenant_id = $1
     on conflict (tenant_id) do update set learners = excluded.learners`,
    [tenantId],
  );
  await markLearners(client, tenantId, undefined);
}
