import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type { JournalDifference } from "@coursemesh/scorm/instance12/fold-journal.ts";
import type pg from "pg";
import { is2004, type LearnerState } from "../instance/instance-model.ts";
import { readOrigin } from "../instance/instance-origin.ts";
import { modelOfCourse } from "../instance/model-of-course.ts";
import type { LaunchTerms } from "../launch/launch-terms.ts";
import { emptyResult, type StoredResult } from "../result/result.ts";
import { readAnswers } from "../sequencing/stored-answers.ts";
import type { JournalInstance } from "./instance-memory.ts";
import { journalCalls } from "./read-calls.ts";
import { readSegments, segmentPlaces } from "./segments.ts";

/** The journal folded from its beginning. */
export interface Replay {
  readonly state: LearnerState;
  readonly result: StoredResult;
  readonly differences: readonly (JournalDifference & { readonly launchId: string })[];
  /** False when it stopped at the call that was asked for. */
  readonly whole: boolean;
}

/** Differences beyond these say nothing new. */
const MOST_DIFFERENCES = 1_000;

/**
 * Folds an instance's journal again, up to and including one call, or to where the stored state stands. Rows of the journal never change,
 * so this needs no lock: what is appended meanwhile lies beyond.
 * @param stored the instance as it was read.
 */
export async function replayJournal(
  client: pg.ClientBase,
  stored: JournalInstance,
  outline: CourseOutline,
  until: { readonly launchId: string; readonly seq: number } | undefined,
): Promise<Replay> {
  const { rows } = await client.query<{ id: string; terms: string }>(
    "select id, terms from launch where instance_id = $1 and last_seq > 0",
    [stored.id],
  );
  const termsOf = new Map(rows.map((row) => [row.id, JSON.parse(row.terms) as LaunchTerms]));
  const differences: (JournalDifference & { launchId: string })[] = [];
  const model = modelOfCourse(outline);
  let state = await readOrigin(client, stored.id);
  let result = emptyResult;
  for (const { launchId, firstSeq, lastSeq, epoch } of await segmentPlaces(client, stored.id)) {
    if (epoch > stored.foldedEpoch || (epoch === stored.foldedEpoch && lastSeq > stored.state.seq)) break;
    const terms = termsOf.get(launchId);
    const [segment] = await readSegments(client, launchId, firstSeq, lastSeq);
    if (terms === undefined || segment === undefined) continue;
    const stop = until?.launchId === launchId && until.seq >= firstSeq && until.seq <= lastSeq ? until.seq : undefined;
    const calls = journalCalls(segment.tuples, firstSeq).filter((call) => call.seq <= (stop ?? call.seq));
    const { context } = terms;
    const answers = is2004(context) ? await readAnswers(client, launchId, firstSeq, lastSeq) : [];
    const folded = model.fold(context, model.resume(context, state, firstSeq - 1), calls, answers);
    state = folded.state;
    result = model.result(terms, state);
    for (const difference of folded.differences)
      if (differences.length < MOST_DIFFERENCES) differences.push({ ...difference, launchId });
    if (stop !== undefined) return { state, result, differences, whole: false };
  }
  return { state, result, differences, whole: true };
}
