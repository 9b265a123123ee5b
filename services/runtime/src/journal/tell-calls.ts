import { type ActivityChange, activityChanges, outcomeOf } from "@coursemesh/scorm/change/activity-changes.ts";
import type { Outcome } from "@coursemesh/scorm/change/activity-standing.ts";
import { lastCallOf, piecesToTell } from "@coursemesh/scorm/change/pieces-to-tell.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { AnyLaunchContext, InstanceModel, LearnerState } from "../instance/instance-model.ts";

/** One thing that happened in a SCO, and when. */
export interface ToldChange {
  readonly activity: string;
  readonly title: string;
  readonly attempt: number;
  readonly session: number;
  /** The call after which it was so; 0: none, the window was gone. */
  readonly seq: number;
  /** Milliseconds since 1970, by the learner's clock; undefined without a call. */
  readonly at: number | undefined;
  readonly change: ActivityChange;
  readonly outcome: Outcome;
}

/** Calls folded, and what there is to tell of them: the same state as in one piece, for hardly more when there is nothing. */
export function foldAndTell(
  model: InstanceModel,
  context: AnyLaunchContext,
  start: LearnerState,
  calls: readonly JournalCall[],
): { readonly state: LearnerState; readonly told: readonly ToldChange[] } {
  const pieces = piecesToTell(calls);
  if (pieces === undefined) return { state: model.fold(context, start, calls, []).state, told: [] };
  const told: ToldChange[] = [];
  let state = start;
  for (const piece of pieces) {
    const next = model.fold(context, state, piece, []).state;
    told.push(...toldChanges(model, state, next, piece));
    state = next;
  }
  return { state, told };
}

/** What is to be told of a change of state. @param calls that made it; none when the window was gone. */
export function toldChanges(
  model: InstanceModel,
  before: LearnerState,
  after: LearnerState,
  calls: readonly JournalCall[],
): ToldChange[] {
  const last = calls.at(-1);
  return model.standings(before, after).flatMap(({ activity, title, before: from, after: to }) =>
    activityChanges(from, to).map((change): ToldChange => {
      const call = change.kind === "answered" ? (lastCallOf(calls, change.index) ?? last) : last;
      const { attempt, session } = to;
      const outcome = outcomeOf(to);
      return { activity, title, attempt, session, seq: call?.seq ?? 0, at: call?.at, change, outcome };
    }),
  );
}
