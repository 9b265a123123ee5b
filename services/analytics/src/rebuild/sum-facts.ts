import type pg from "pg";
import { NIL } from "../fold/folded.ts";
import { GRAINS, type Grain } from "../fold/grains.ts";
import { MEASURES } from "../fold/measures.ts";
import type { Prefix } from "../store/tables.ts";

const SUMS = MEASURES.map((measure) => `sum(${measure})::int8`).join(", ");
const UNITS = ["", "hour", "day", "month"] as const;

/** Members of a part, as a list; and how the set keeps them. */
const PART = `learner_no / 65536 as part, count(*) as members,
  string_agg(substring(int4send(learner_no % 65536) from 3), '' order by learner_no) as list`;
const MEMBERS = "case when members < 4096 then list else active_bitmap(list) end";

const floorIn = (grain: Grain): string =>
  grain === 0 ? "at" : `date_trunc('${UNITS[grain]}', at at time zone 'UTC') at time zone 'UTC'`;

/** Makes all sums anew of one organization's facts; there must be none. */
export async function sumFacts(client: pg.ClientBase, prefix: Prefix, tenantId: string): Promise<void> {
  const dimensions = "course_id, course_version_id, destination_id, dispatch_id, source";
  const sum = (level: number, grain: number, from: string, at: string, columns: string, where: string) =>
    client.query(
      `insert into ${prefix}rollup select tenant_id, ${level}, ${grain}, ${at}, ${columns}, ${SUMS} from ${from}
       where tenant_id = $1 ${where} group by 1, 2, 3, 4, 5, 6, 7, 8, 9`,
      [tenantId],
    );
  for (const grain of GRAINS) {
    const finer = grain === 0 ? `${prefix}fact` : `${prefix}rollup`;
    const where = grain === 0 ? "" : `and level = 2 and grain = ${grain - 1}`;
    await sum(2, grain, finer, floorIn(grain), dimensions, where);
  }
  const nil = `'${NIL}'::uuid`;
  for (const grain of GRAINS) {
    const of = (level: number): string => `and level = ${level} and grain = ${grain}`;
    await sum(1, grain, `${prefix}rollup`, "at", `course_id, ${nil}, ${nil}, ${nil}, ''`, of(2));
    await sum(0, grain, `${prefix}rollup`, "at", `${nil}, ${nil}, ${nil}, ${nil}, ''`, of(1));
  }
  for (const grain of GRAINS) {
    for (const course of ["course_id", nil])
      await client.query(
        `insert into ${prefix}active_set (tenant_id, course_id, grain, at, part, members)
         select $1, course, grain, at, part, ${MEMBERS} from (
           select course, ${grain} as grain, at, ${PART} from (
             select distinct ${course} as course, ${floorIn(grain)} as at, learner_no from ${prefix}fact where tenant_id = $1 and active
           ) f group by course, at, learner_no / 65536
         ) sets`,
        [tenantId],
      );
  }
  await client.query(
    `insert into ${prefix}enrolled_set (tenant_id, course_id, part, members)
     select $1, course_id, part, ${MEMBERS} from (
       select course_id, ${PART} from (select distinct course_id, learner_no from ${prefix}registration_fact where tenant_id = $1) r
       group by course_id, learner_no / 65536
     ) sets`,
    [tenantId],
  );
}
