import type pg from "pg";
import { MEASURES } from "../fold/measures.ts";
import { FACT_TABLES, SUM_TABLES, TOLD_TABLES } from "../store/tables.ts";

const MOST_SHOWN = 5;

/** How a rebuild of one organization went. */
export interface Rebuilt {
  readonly differenceCount: number;
  readonly differences: readonly string[];
}

/** What is in use and what was made anew, as questions for the same columns. `$1` is the organization. */
interface Sides {
  readonly name: string;
  readonly inUse: string;
  readonly anew: string;
}

/** Facts, sums and learners that are in use or anew only. */
export const compareFacts = (client: pg.ClientBase, tenantId: string): Promise<Rebuilt> =>
  compare(client, tenantId, [...[...FACT_TABLES, ...SUM_TABLES].map(tableSides), ...LEARNER_SIDES]);

/** Names and counts that are in use or anew only. */
export const compareTold = (client: pg.ClientBase, tenantId: string): Promise<Rebuilt> =>
  compare(client, tenantId, TOLD_TABLES.map(tableSides));

/** What two rebuilds of parts differed in. */
export const bothOf = (one: Rebuilt, other: Rebuilt): Rebuilt => ({
  differenceCount: one.differenceCount + other.differenceCount,
  differences: [...one.differences, ...other.differences].slice(0, MOST_SHOWN),
});

async function compare(client: pg.ClientBase, tenantId: string, sides: readonly Sides[]): Promise<Rebuilt> {
  const differences: string[] = [];
  let differenceCount = 0;
  for (const { name, inUse, anew } of sides) {
    const { rows } = await client.query<{ side: string; row: string; total: string }>(
      `select side, row, count(*) over () as total from (
         (select 'in use' as side, t::text as row from (${inUse} except all ${anew}) t)
         union all (select 'anew' as side, t::text as row from (${anew} except all ${inUse}) t)
       ) d limit ${MOST_SHOWN}`,
      [tenantId],
    );
    differenceCount += Number(rows[0]?.total ?? 0);
    for (const { side, row } of rows) if (differences.length < MOST_SHOWN) differences.push(`${name}, ${side}: ${row}`);
  }
  return { differenceCount, differences };
}

/** Sums of nothing are no difference from no sums. */
function tableSides(name: string): Sides {
  const some = name === "rollup" ? `and (${MEASURES.join(", ")}) <> (${MEASURES.map(() => 0).join(", ")})` : "";
  return {
    name,
    inUse: `select * from ${name} where tenant_id = $1 ${some}`,
    anew: `select * from new_${name} where tenant_id = $1 ${some}`,
  };
}

/** Learners keep their numbers and names over a rebuild; who there is, since when and until when is compared. */
const LEARNER_SIDES: readonly Sides[] = [
  {
    name: "learner",
    inUse: "select number, learner_id, first_active_at, last_active_at from learner where tenant_id = $1",
    anew: `select r.*, f.first, f.last from (select distinct learner_no, learner_id from new_registration_fact where tenant_id = $1) r
      left join (select learner_no, min(at) as first, max(at) as last from new_fact where active group by 1) f using (learner_no)`,
  },
  {
    name: "tally",
    inUse: "select learners from tally where tenant_id = $1 and learners > 0",
    anew: "select count(distinct learner_no) from new_registration_fact where tenant_id = $1 having count(*) > 0",
  },
];
