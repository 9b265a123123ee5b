import type { ActivityState } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { StandingChange } from "@coursemesh/scorm/change/activity-standing.ts";
import type { RollUpPolicy } from "@coursemesh/scorm/course/roll-up.ts";
import type { JournalDifference } from "@coursemesh/scorm/instance12/fold-journal.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { LaunchContext } from "@coursemesh/scorm/instance12/launch-context.ts";
import type { Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { Launch2004Context } from "@coursemesh/scorm/instance2004/launch-context.ts";
import type { SequencingAnswer } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { StoredResult } from "../result/result.ts";

/** What an instance remembers, by its standard. An instance that nobody has launched has the form of SCORM 1.2. */
export type LearnerState = InstanceState | Instance2004State;

/** What is decided with a launch, by its standard. */
export type AnyLaunchContext = LaunchContext | Launch2004Context;

/** What is in force when a launch's calls are folded. */
export interface FoldTerms {
  readonly context: AnyLaunchContext;
  readonly rollUp: RollUpPolicy;
}

/** A state as rows; the empty name stands for what belongs to no activity. */
export type StateRow = readonly [activity: string, state: string];

/** What the standards do differently with the instances of a course. Pure. */
export interface InstanceModel {
  /**
   * The state from which a launch's next call is folded. When another launch has written since, what that one left open is ended as
   * for a closed window, and the numbers go on where this launch stopped.
   * @param lastSeq the launch's last call that the journal has; 0 for none.
   */
  resume(context: AnyLaunchContext, state: LearnerState, lastSeq: number): LearnerState;
  /** @param answers of sequencing to some of the calls, or to one that was folded before. */
  fold(
    context: AnyLaunchContext,
    state: LearnerState,
    calls: readonly JournalCall[],
    answers: readonly SequencingAnswer[],
  ): { readonly state: LearnerState; readonly differences: readonly JournalDifference[] };
  result(terms: FoldTerms, state: LearnerState): StoredResult;
  /** The result with the open session ended as for a closed window. */
  settledResult(terms: FoldTerms, state: LearnerState): StoredResult;
  /** The rows that a change of state writes. */
  changedRows(before: LearnerState, after: LearnerState): StateRow[];
  /** The state with the open session ended as for a closed window. */
  closed(context: AnyLaunchContext, state: LearnerState): LearnerState;
  /** The SCOs that a change of state has touched. */
  standings(before: LearnerState, after: LearnerState): StandingChange[];
  /** Every activity that can be opened, in the order of the table of contents, with what the learner has come to in it. */
  activities(state: LearnerState): ActivityState[];
}

/** Whether a launch is one of a SCORM 2004 course. */
export function is2004(context: AnyLaunchContext): context is Launch2004Context {
  return "standard" in context;
}
