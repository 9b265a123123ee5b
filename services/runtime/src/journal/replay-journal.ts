import { isDeepStrictEqual } from "node:util";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { rollUp } from "@coursemesh/scorm/course/roll-up.ts";
import { foldJournal, type JournalDifference } from "@coursemesh/scorm/instance12/fold-journal.ts";
import { emptyInstance, type InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type pg from "pg";
import type { LaunchTerms } from "../launch/launch-terms.ts";
import { emptyResult, type StoredResult, storedResult } from "../result/result.ts";
import type { JournalInstance } from "./instance-memory.ts";
import { journalCalls } from "./read-calls.ts";
import { resumeLaunch } from "./resume-launch.ts";
import { readSegments, segmentPlaces } from "./segments.ts";

/** The journal folded from its beginning. */
export interface Replay {
  readonly state: InstanceState;
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
  let state: InstanceState = emptyInstance;
  let result = emptyResult;
  for (const { launchId, firstSeq, lastSeq, epoch } of await segmentPlaces(client, stored.id)) {
    if (epoch > stored.foldedEpoch || (epoch === stored.foldedEpoch && lastSeq > stored.state.seq)) break;
    const terms = termsOf.get(launchId);
    const [segment] = await readSegments(client, launchId, firstSeq, lastSeq);
    if (terms === undefined || segment === undefined) continue;
    const stop = until?.launchId === launchId && until.seq >= firstSeq && until.seq <= lastSeq ? until.seq : undefined;
    const calls = journalCalls(segment.tuples, firstSeq).filter((call) => call.seq <= (stop ?? call.seq));
    const folded = foldJournal(
      outline,
      terms.context,
      resumeLaunch(outline, terms.context, state, firstSeq - 1),
      calls,
    );
    state = folded.state;
    result = storedResult(rollUp(outline, state, terms.rollUp));
    for (const difference of folded.differences)
      if (differences.length < MOST_DIFFERENCES) differences.push({ ...difference, launchId });
    if (stop !== undefined) return { state, result, differences, whole: false };
  }
  return { state, result, differences, whole: true };
}

/** Whether a fold came to what is stored. Both are compared as the JSON they would be stored as. */
export function sameState(folded: InstanceState, stored: InstanceState): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(folded)), JSON.parse(JSON.stringify(stored)));
}
