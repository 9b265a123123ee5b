import type { ActivityState } from "@coursemesh/scorm/cmi12/activity-state.ts";
import type { AttemptState } from "@coursemesh/scorm/cmi2004/attempt-state.ts";
import type { Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { SequencingAnswer } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import type { LearnerState, StateRow } from "./instance-model.ts";

/** Name under which a SCORM 2004 instance keeps what belongs to no activity. */
export const COURSE_ROW = "";

/** The row of what belongs to no activity. The answer is only named: it is stored by itself, once. */
export function courseRow({ shared, answer, unanswered, achieved }: Instance2004State): StateRow {
  const kept: CourseRow = {
    standard: "scorm2004",
    shared,
    ...(answer && { answer: { launch: answer.launch, seq: answer.seq } }),
    ...(unanswered && { unanswered }),
    ...(achieved && { achieved }),
  };
  return [COURSE_ROW, JSON.stringify(kept)];
}

interface CourseRow extends Pick<Instance2004State, "standard" | "shared" | "unanswered" | "achieved"> {
  readonly answer?: Pick<SequencingAnswer, "launch" | "seq">;
}

/** Where the fold stands, as an instance's columns have it. */
export interface FoldPlace {
  readonly launch: string;
  readonly seq: number;
  readonly current: string;
}

/** Puts a state together from its rows. @param answerTo reads a stored answer; asked for SCORM 2004 only. */
export async function stateOfRows(
  place: FoldPlace,
  rows: readonly { readonly activity: string; readonly state: string }[],
  answerTo: (launch: string, seq: number) => Promise<SequencingAnswer | undefined>,
): Promise<LearnerState> {
  const course = rows.find(({ activity }) => activity === COURSE_ROW);
  const kept = course && (JSON.parse(course.state) as Partial<CourseRow>);
  if (!isCourseRow(kept)) {
    const read = rows.map(({ activity, state }) => [activity, JSON.parse(state) as ActivityState] as const);
    return { v: 1, ...place, activities: Object.fromEntries(read) };
  }
  const { shared, answer, unanswered, achieved } = kept;
  const attempts = rows
    .filter((row) => row !== course)
    .map(({ activity, state }) => [activity, JSON.parse(state) as AttemptState] as const);
  const known = answer && (await answerTo(answer.launch, answer.seq));
  return {
    v: 1,
    standard: "scorm2004",
    ...place,
    attempts: Object.fromEntries(attempts),
    shared,
    ...(known && { answer: known }),
    ...(unanswered && { unanswered }),
    ...(achieved && { achieved }),
  };
}

/** A careless manifest of SCORM 1.2 may have an item without a name. */
function isCourseRow(row: Partial<CourseRow> | undefined): row is CourseRow {
  return row?.standard === "scorm2004";
}
