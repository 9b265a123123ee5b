import type pg from "pg";
import { PART_SIZE, readMembers, writeMembers } from "./member-set.ts";

/** A learner's being registered for a course, however often. */
export interface Enrolment {
  readonly courseId: string;
  readonly learnerNo: number;
}

interface SetChange {
  readonly courseId: string;
  readonly part: number;
  readonly added: Set<number>;
  readonly removed: Set<number>;
}

/** Who is registered where by these registrations, as the facts have it. */
export async function readEnrolments(
  client: pg.ClientBase,
  tenantId: string,
  registrationIds: readonly string[],
): Promise<Enrolment[]> {
  const { rows } = await client.query<{ course_id: string; learner_no: number }>(
    "select distinct course_id, learner_no from registration_fact where tenant_id = $1 and registration_id = any($2)",
    [tenantId, registrationIds],
  );
  return rows.map(({ course_id: courseId, learner_no: learnerNo }) => ({ courseId, learnerNo }));
}

/** Enters learners into the sets of who is registered, and takes them out where they have no registration left. The facts must be written before. */
export async function changeEnrolledSets(
  client: pg.ClientBase,
  tenantId: string,
  before: readonly Enrolment[],
  now: readonly Enrolment[],
): Promise<void> {
  const keyOf = ({ courseId, learnerNo }: Enrolment): string => `${courseId} ${learnerNo}`;
  const old = new Set(before.map(keyOf));
  const present = new Set(now.map(keyOf));
  const left = before.filter((one) => !present.has(keyOf(one)));
  const changes = new Map<string, SetChange>();
  const changeOf = ({ courseId, learnerNo }: Enrolment): SetChange => {
    const part = Math.floor(learnerNo / PART_SIZE);
    const key = `${courseId} ${part}`;
    const change = changes.get(key) ?? { courseId, part, added: new Set(), removed: new Set() };
    changes.set(key, change);
    return change;
  };
  for (const one of now) if (!old.has(keyOf(one))) changeOf(one).added.add(one.learnerNo % PART_SIZE);
  for (const one of await withoutRegistration(client, tenantId, left))
    changeOf(one).removed.add(one.learnerNo % PART_SIZE);
  if (changes.size > 0) await write(client, tenantId, [...changes.values()]);
}

async function withoutRegistration(
  client: pg.ClientBase,
  tenantId: string,
  enrolments: readonly Enrolment[],
): Promise<Enrolment[]> {
  if (enrolments.length === 0) return [];
  const { rows } = await client.query<{ index: number }>(
    `select e.index::int as index from unnest($2::uuid[], $3::int[]) with ordinality as e(course_id, learner_no, index)
     where not exists (
       select 1 from registration_fact r where r.tenant_id = $1 and r.course_id = e.course_id and r.learner_no = e.learner_no
     )`,
    [tenantId, enrolments.map(({ courseId }) => courseId), enrolments.map(({ learnerNo }) => learnerNo)],
  );
  return rows.flatMap(({ index }) => enrolments[index - 1] ?? []);
}

async function write(client: pg.ClientBase, tenantId: string, changes: readonly SetChange[]): Promise<void> {
  const { rows } = await client.query<{ index: number; members: Buffer }>(
    `select k.index::int as index, s.members from unnest($2::uuid[], $3::int[]) with ordinality as k(course_id, part, index)
     join enrolled_set s on s.tenant_id = $1 and s.course_id = k.course_id and s.part = k.part`,
    [tenantId, changes.map(({ courseId }) => courseId), changes.map(({ part }) => part)],
  );
  const found = new Map(rows.map(({ index, members }) => [index - 1, members]));
  const sets = changes.flatMap(({ courseId, part, added, removed }, index) => {
    const old = found.get(index) ?? Buffer.alloc(0);
    const members = new Set(readMembers(old));
    for (const one of removed) members.delete(one);
    for (const one of added) members.add(one);
    const bytes = writeMembers(members);
    // A learner's second registration for a course changes nothing.
    return bytes.equals(old) ? [] : [{ courseId, part, bytes }];
  });
  if (sets.length === 0) return;
  const keys = [tenantId, sets.map(({ courseId }) => courseId), sets.map(({ part }) => part)];
  await client.query(
    `insert into enrolled_set (tenant_id, course_id, part, members) select $1, * from unnest($2::uuid[], $3::int[], $4::bytea[])
     on conflict (tenant_id, course_id, part) do update set members = excluded.members`,
    [...keys, sets.map(({ bytes }) => bytes)],
  );
  if (sets.every(({ bytes }) => bytes.length > 0)) return;
  await client.query(
    `delete from enrolled_set s using unnest($2::uuid[], $3::int[]) as k(course_id, part)
     where s.tenant_id = $1 and s.course_id = k.course_id and s.part = k.part and length(s.members) = 0`,
    keys,
  );
}
