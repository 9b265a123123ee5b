import { inTenant } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { createTestDatabase, type TestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { activeIn } from "../src/figures/active.ts";
import { countEnrolled } from "../src/figures/enrolled.ts";
import { scopeOf } from "../src/figures/scope.ts";
import { NIL } from "../src/fold/folded.ts";
import { noMeasures } from "../src/fold/measures.ts";
import { sumFacts } from "../src/rebuild/sum-facts.ts";
import { service } from "../src/service.ts";
import { changeActiveSets } from "../src/store/active-set-change.ts";
import { changeEnrolledSets } from "../src/store/enrolled-set-change.ts";
import { PART_SIZE, readMembers, writeMembers } from "../src/store/member-set.ts";
import { insertRows, makeShadowTables } from "../src/store/tables.ts";
import type { FactRow } from "../src/store/write-facts.ts";
import { ORGANIZATION } from "./analytics-harness.ts";
import { courseId, random } from "./generated-attempts.ts";

let test: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  test = await createTestDatabase([{ service: "analytics", migrations: service.migrations }]);
  pool = new pg.Pool({ connectionString: test.urlOf("analytics"), max: 2 });
});
afterAll(async () => {
  await pool.end();
  await test.drop();
});

const inOrganization = <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> =>
  inTenant(pool, ORGANIZATION, work);

/** Some of the numbers from 0 up to an end, ascending. */
function some(seed: number, share: number, end = PART_SIZE): number[] {
  const next = random(seed);
  return Array.from({ length: end }, (_, number) => number).filter(() => next() < share);
}

/** As PostgreSQL puts lists together, however long. */
function listOf(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 2);
  for (const [index, number] of numbers.entries()) bytes.writeUInt16BE(number, index * 2);
  return bytes;
}

it("makes the same maps in PostgreSQL as in this process", async () => {
  const asMap = async (numbers: readonly number[]): Promise<Buffer | undefined> => {
    const { rows } = await pool.query<{ map: Buffer }>("select active_bitmap($1) as map", [listOf(numbers)]);
    return rows[0]?.map;
  };
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (seed, share) => {
        const numbers = some(seed, share);
        const map = await asMap(numbers);
        expect(readMembers(map ?? Buffer.alloc(0))).toEqual(numbers);
        if (numbers.length >= 4096) expect(map?.equals(writeMembers(numbers))).toBe(true);
      },
    ),
    {
      numRuns: 12,
      examples: [
        [1, 0],
        [1, 1],
        [1, 4096 / PART_SIZE],
      ],
    },
  );
});

const QUARTERS = [
  Date.parse("2026-09-30T23:45:00Z"),
  Date.parse("2026-10-01T00:00:00Z"),
  Date.parse("2026-10-01T09:15:00Z"),
];
const FIRST = QUARTERS[0] ?? 0;
const LAST = QUARTERS[2] ?? 0;

/** Learners of one course who were active in a quarter hour, each in a registration of its own. */
function factsOf(course: number, quarter: number, learners: readonly number[]): FactRow[] {
  return learners.map((learnerNo) => ({
    tenant_id: ORGANIZATION,
    registration_id: uuidV7(),
    at: QUARTERS[quarter] ?? 0,
    course_id: courseId(course),
    course_version_id: courseId(course),
    destination_id: NIL,
    dispatch_id: NIL,
    source: "api",
    learner_no: learnerNo,
    active: true,
    measures: noMeasures(),
  }));
}

const inPart = (part: number, numbers: readonly number[]): number[] =>
  numbers.map((number) => number + part * PART_SIZE);

/** Lists, maps, and what is one or the other by one learner; learners of several courses, quarter hours and parts. */
const facts = [
  ...factsOf(0, 0, some(11, 0.1)),
  ...factsOf(0, 1, some(12, 0.05)),
  ...factsOf(0, 1, inPart(1, some(13, 1, 4096))),
  ...factsOf(0, 2, inPart(1, some(14, 1, 4095))),
  ...factsOf(1, 1, some(15, 0.08)),
  ...factsOf(1, 2, inPart(2, [0, 7, PART_SIZE - 1])),
];

const enrolments = (rows: readonly FactRow[]) =>
  rows.map(({ course_id: course, learner_no: learnerNo }) => ({ courseId: course, learnerNo }));

async function insertFacts(client: pg.ClientBase): Promise<void> {
  await insertRows(
    client,
    "",
    "fact",
    facts.map(({ at, measures, ...row }) => ({ ...row, ...measures, at: new Date(at) })),
  );
  // Of a registration only what sets are made of.
  await client.query(
    `insert into registration_fact select tenant_id, registration_id, 'learner-' || learner_no, learner_no, course_id, course_version_id, destination_id,
       dispatch_id, source, '{}', 1, 1, 1, null, 0, 0, 0, 0, 1, 0, 1, false, at, at, at, at, at, null, null, '' from fact`,
  );
}

/** Sets that differ between those in use and those that SQL makes of the facts; and how many of those in use are maps. */
async function compare(client: pg.ClientBase): Promise<{ differences: number; maps: number; lists: number }> {
  await makeShadowTables(client);
  await client.query("insert into new_fact select * from fact");
  await client.query("insert into new_registration_fact select * from registration_fact");
  await sumFacts(client, "new_", ORGANIZATION);
  let differences = 0;
  for (const table of ["active_set", "enrolled_set"]) {
    const { rowCount } = await client.query(
      `(select * from ${table} except all select * from new_${table}) union all (select * from new_${table} except all select * from ${table})`,
    );
    differences += rowCount ?? 0;
  }
  const { rows } = await client.query<{ maps: number; lists: number }>(
    `select (count(*) filter (where length(members) = 8192))::int as maps, (count(*) filter (where length(members) < 8192))::int as lists
     from (select members from active_set union all select members from enrolled_set) s`,
  );
  return { differences, maps: rows[0]?.maps ?? 0, lists: rows[0]?.lists ?? 0 };
}

async function expectCounts(rows: readonly FactRow[]): Promise<void> {
  const distinct = (is: (row: FactRow) => boolean): number =>
    new Set(rows.filter(is).map(({ learner_no: learnerNo }) => learnerNo)).size;
  const quarter = 15 * 60_000;
  const ranges = [
    { from: FIRST, to: LAST + quarter },
    { from: FIRST, to: FIRST + quarter },
    { from: FIRST + quarter, to: LAST },
    { from: Date.parse("2026-10-01T00:00:00Z"), to: Date.parse("2026-11-01T00:00:00Z") },
  ];
  await inOrganization(async (client) => {
    for (const courseIds of [[], [courseId(0)], [courseId(0), courseId(1), courseId(0)]]) {
      const within = ({ course_id: course }: FactRow): boolean => courseIds.length === 0 || courseIds.includes(course);
      const sets = await activeIn(client, scopeOf(ORGANIZATION, undefined, { courseIds }), ranges);
      expect(sets.map(({ size }) => size)).toEqual(
        ranges.map(({ from, to }) => distinct((row) => within(row) && row.at >= from && row.at < to)),
      );
      if (courseIds.length > 0)
        expect(await countEnrolled(client, ORGANIZATION, courseIds)).toBe(distinct((row) => within(row)));
    }
  });
}

it("changes sets to what SQL makes of the facts, also where learners leave, and counts what they hold", async () => {
  const filled = await inOrganization(async (client) => {
    await insertFacts(client);
    await changeActiveSets(client, ORGANIZATION, [], facts);
    await changeEnrolledSets(client, ORGANIZATION, [], enrolments(facts));
    return compare(client);
  });
  expect(filled.differences).toBe(0);
  expect(Math.min(filled.maps, filled.lists)).toBeGreaterThan(5);
  await expectCounts(facts);

  const next = random(21);
  // Maps become lists, lists become nothing; who has another registration stays.
  const { left = [], gone = [] } = Object.groupBy(facts, () => (next() < 0.4 ? "left" : "gone"));
  const thinned = await inOrganization(async (client) => {
    const ids = gone.map(({ registration_id: id }) => id);
    for (const table of ["fact", "registration_fact"])
      await client.query(`delete from ${table} where tenant_id = $1 and registration_id = any($2)`, [
        ORGANIZATION,
        ids,
      ]);
    await changeActiveSets(client, ORGANIZATION, gone, []);
    await changeEnrolledSets(client, ORGANIZATION, enrolments(gone), []);
    return compare(client);
  });
  expect(thinned.differences).toBe(0);
  expect(thinned.maps).toBeLessThan(filled.maps);
  await expectCounts(left);

  const emptied = await inOrganization(async (client) => {
    for (const table of ["fact", "registration_fact"])
      await client.query(`delete from ${table} where tenant_id = $1`, [ORGANIZATION]);
    await changeActiveSets(client, ORGANIZATION, left, []);
    await changeEnrolledSets(client, ORGANIZATION, enrolments(left), []);
    return compare(client);
  });
  expect(emptied).toEqual({ differences: 0, maps: 0, lists: 0 });
});
