import type pg from "pg";
import { NIL } from "../fold/folded.ts";
import { after, floorTo, GRAINS, type Grain } from "../fold/grains.ts";
import { PART_SIZE, readMembers, writeMembers } from "./member-set.ts";
import type { FactRow } from "./write-facts.ts";

interface Membership {
  readonly courseId: string;
  readonly grain: Grain;
  readonly at: number;
  readonly learnerNo: number;
}

interface SetChange {
  readonly courseId: string;
  readonly grain: Grain;
  readonly at: number;
  readonly part: number;
  readonly added: Set<number>;
  readonly removed: Set<number>;
}

/** Enters learners into the sets of who was active, and takes them out where nothing of theirs is left. The facts must be written before. */
export async function changeActiveSets(
  client: pg.ClientBase,
  tenantId: string,
  before: readonly FactRow[],
  now: readonly FactRow[],
): Promise<void> {
  const old = membershipsOf(before);
  const present = membershipsOf(now);
  const added = [...present].flatMap(([key, membership]) => (old.has(key) ? [] : [membership]));
  const left = [...old].flatMap(([key, membership]) => (present.has(key) ? [] : [membership]));
  const removed = await withoutFacts(client, tenantId, left);
  const changes = new Map<string, SetChange>();
  const changeOf = ({ courseId, grain, at, learnerNo }: Membership): SetChange => {
    const part = Math.floor(learnerNo / PART_SIZE);
    const key = `${courseId} ${grain} ${at} ${part}`;
    const change = changes.get(key) ?? { courseId, grain, at, part, added: new Set(), removed: new Set() };
    changes.set(key, change);
    return change;
  };
  for (const one of added) changeOf(one).added.add(one.learnerNo % PART_SIZE);
  for (const one of removed) changeOf(one).removed.add(one.learnerNo % PART_SIZE);
  if (changes.size > 0) await write(client, tenantId, [...changes.values()]);
}

function membershipsOf(facts: readonly FactRow[]): Map<string, Membership> {
  const memberships = new Map<string, Membership>();
  for (const { active, course_id, at: moment, learner_no: learnerNo } of facts) {
    if (!active) continue;
    for (const grain of GRAINS) {
      const at = floorTo(grain, moment);
      for (const courseId of [NIL, course_id])
        memberships.set(`${courseId} ${grain} ${at} ${learnerNo}`, { courseId, grain, at, learnerNo });
    }
  }
  return memberships;
}

async function withoutFacts(
  client: pg.ClientBase,
  tenantId: string,
  memberships: readonly Membership[],
): Promise<Membership[]> {
  if (memberships.length === 0) return [];
  const { rows } = await client.query<{ index: number }>(
    `select m.index::int as index from unnest($2::int[], $3::uuid[], $4::timestamptz[], $5::timestamptz[])
       with ordinality as m(learner_no, course_id, from_at, to_at, index)
     where not exists (
       select 1 from fact f where f.tenant_id = $1 and f.learner_no = m.learner_no and f.active and f.at >= m.from_at and f.at < m.to_at
         and (m.course_id = '${NIL}' or f.course_id = m.course_id)
     )`,
    [
      tenantId,
      memberships.map(({ learnerNo }) => learnerNo),
      memberships.map(({ courseId }) => courseId),
      memberships.map(({ at }) => new Date(at)),
      memberships.map(({ grain, at }) => new Date(after(grain, at))),
    ],
  );
  return rows.flatMap(({ index }) => memberships[index - 1] ?? []);
}

async function write(client: pg.ClientBase, tenantId: string, changes: readonly SetChange[]): Promise<void> {
  const keys = [
    changes.map(({ courseId }) => courseId),
    changes.map(({ grain }) => grain),
    changes.map(({ at }) => new Date(at)),
    changes.map(({ part }) => part),
  ];
  const { rows } = await client.query<{ index: number; members: Buffer }>(
    `select k.index::int as index, s.members from unnest($2::uuid[], $3::smallint[], $4::timestamptz[], $5::int[])
       with ordinality as k(course_id, grain, at, part, index)
     join active_set s on s.tenant_id = $1 and s.course_id = k.course_id and s.grain = k.grain and s.at = k.at and s.part = k.part`,
    [tenantId, ...keys],
  );
  const found = new Map(rows.map(({ index, members }) => [index - 1, members]));
  const sets = changes.map(({ added, removed }, index) => {
    const members = new Set(readMembers(found.get(index) ?? Buffer.alloc(0)));
    for (const one of removed) members.delete(one);
    for (const one of added) members.add(one);
    return writeMembers(members);
  });
  await client.query(
    `insert into active_set (tenant_id, course_id, grain, at, part, members)
     select $1, * from unnest($2::uuid[], $3::smallint[], $4::timestamptz[], $5::int[], $6::bytea[])
     on conflict (tenant_id, course_id, grain, at, part) do update set members = excluded.members`,
    [tenantId, ...keys, sets],
  );
  if (sets.every((members) => members.length > 0)) return;
  await client.query(
    `delete from active_set s using unnest($2::uuid[], $3::smallint[], $4::timestamptz[], $5::int[]) as k(course_id, grain, at, part)
     where s.tenant_id = $1 and s.course_id = k.course_id and s.grain = k.grain and s.at = k.at and s.part = k.part and length(s.members) = 0`,
    [tenantId, ...keys],
  );
}
