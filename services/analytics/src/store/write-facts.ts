import type pg from "pg";
import type { Folded } from "../fold/folded.ts";
import { learnerNumbers } from "./learner-numbers.ts";
import { insertRows, type Prefix } from "./tables.ts";

/** A registration and what follows from its events. */
export interface FoldedRegistration {
  readonly registrationId: string;
  readonly folded: Folded;
}

/** A row of `fact` as far as sums need it; the time in Unix milliseconds. */
export type FactRow = ReturnType<typeof factRows>[number];

const time = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Writes facts of registrations that have none. Answers the rows of `fact`. */
export async function writeFacts(
  client: pg.ClientBase,
  prefix: Prefix,
  tenantId: string,
  registrations: readonly FoldedRegistration[],
): Promise<FactRow[]> {
  const numbers = await learnerNumbers(
    client,
    tenantId,
    registrations.map(({ folded }) => folded),
  );
  const numberOf = ({ standing }: Folded): number => numbers.get(standing.learner_id) ?? 0;
  const keyed = registrations.map((one) => ({
    ...one,
    key: { tenant_id: tenantId, registration_id: one.registrationId },
    learnerNo: numberOf(one.folded),
  }));
  await insertRows(
    client,
    prefix,
    "registration_fact",
    keyed.map(({ key, learnerNo, folded: { standing } }) => ({
      ...key,
      ...standing,
      learner_no: learnerNo,
      created_at: new Date(standing.created_at),
      first_launch_at: time(standing.first_launch_at),
      first_active_at: time(standing.first_active_at),
      last_active_at: time(standing.last_active_at),
      touched_at: new Date(standing.last_active_at ?? standing.created_at),
      completed_at: time(standing.completed_at),
      passed_at: time(standing.passed_at),
    })),
  );
  const facts = keyed.flatMap(({ key, learnerNo, folded }) => factRows(key, learnerNo, folded));
  await insertRows(
    client,
    prefix,
    "fact",
    facts.map(({ at, measures, ...row }) => ({ ...row, ...measures, at: new Date(at) })),
  );
  const inCourse = ({ standing }: Folded) => ({
    course_id: standing.course_id,
    course_version_id: standing.course_version_id,
  });
  await insertRows(
    client,
    prefix,
    "activity_fact",
    keyed.flatMap(({ key, folded }) =>
      folded.activities.map((activity) => ({
        ...key,
        ...inCourse(folded),
        ...activity,
        reached_at: new Date(activity.reached_at),
        last_at: new Date(activity.last_at),
      })),
    ),
  );
  await insertRows(
    client,
    prefix,
    "answer_fact",
    keyed.flatMap(({ key, folded }) =>
      folded.answers.map((answer) => ({
        ...key,
        ...inCourse(folded),
        ...answer,
        answered_at: new Date(answer.answered_at),
      })),
    ),
  );
  return facts;
}

function factRows(
  key: { readonly tenant_id: string; readonly registration_id: string },
  learnerNo: number,
  { standing, slots }: Folded,
) {
  const { course_id, destination_id, dispatch_id, source } = standing;
  return slots.map((slot) => ({
    ...key,
    ...slot,
    course_id,
    destination_id,
    dispatch_id,
    source,
    learner_no: learnerNo,
  }));
}
