import type pg from "pg";
import type { Cohort } from "../figures/cohort.ts";

/**
 * Learners by the attempts they needed. A try counts as many attempts as it had verdicts, at least one; of a learner's registrations the one
 * that passed with fewest counts.
 */
export async function attemptsToPass(client: pg.ClientBase, cohort: Cohort) {
  const { rows } = await client.query<{ attempts: number | null; learners: string }>(
    `select attempts, count(*) as learners from (
       select min(nullif(r.attempts_to_pass, 0)) as attempts from registration_fact r where ${cohort.where} group by r.learner_no
     ) l group by 1 order by 1`,
    [...cohort.values],
  );
  return {
    steps: rows.flatMap(({ attempts, learners }) =>
      attempts === null ? [] : [{ attempts, learners: BigInt(learners) }],
    ),
    notPassed: BigInt(rows.find(({ attempts }) => attempts === null)?.learners ?? 0),
  };
}
