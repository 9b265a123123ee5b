import { create } from "@bufbuild/protobuf";
import {
  type ActivityState,
  ActivityStateSchema,
  Completion,
  Success,
} from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { standingChanges2004 } from "@coursemesh/scorm/change/standing2004.ts";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { activityResults2004 } from "@coursemesh/scorm/instance2004/activity-result.ts";
import { closedInstance2004, closedResult2004 } from "@coursemesh/scorm/instance2004/close-launch.ts";
import { courseResult2004 } from "@coursemesh/scorm/instance2004/course-result.ts";
import { foldJournal2004 } from "@coursemesh/scorm/instance2004/fold-journal.ts";
import { attemptIn, emptyInstance2004, type Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { Launch2004Context } from "@coursemesh/scorm/instance2004/launch-context.ts";
import { Scorm2004Instance } from "@coursemesh/scorm/instance2004/live-instance.ts";
import { scoreMessage, storedResult } from "../result/result.ts";
import type { AnyLaunchContext, InstanceModel, LearnerState, StateRow } from "./instance-model.ts";
import { courseRow } from "./state-rows.ts";

/** Instances of a SCORM 2004 course. The roll-up is the manifest's; the settings for SCORM 1.2 do not touch it. */
export function scorm2004Model(outline: CourseOutline): InstanceModel {
  return {
    resume(context, state, lastSeq) {
      if (state.launch === context.id) return state;
      return new Scorm2004Instance(outline, contextOf(context), state2004(state)).state(lastSeq);
    },
    fold: (context, state, calls, answers) =>
      foldJournal2004(outline, contextOf(context), state2004(state), calls, answers),
    result: (_, state) => storedResult(courseResult2004(outline, state2004(state))),
    settledResult: ({ context }, state) =>
      storedResult(closedResult2004(outline, contextOf(context), state2004(state))),
    closed: (context, state) => closedInstance2004(outline, contextOf(context), state2004(state)),
    standings: (before, after) => standingChanges2004(outline, state2004(before), state2004(after)),
    changedRows(before, after) {
      const [from, to] = [state2004(before), state2004(after)];
      const rows: StateRow[] = Object.entries(to.attempts)
        .filter(([activity, value]) => value !== attemptIn(from.attempts, activity))
        .map(([activity, value]) => [activity, JSON.stringify(value)]);
      const same = from.shared === to.shared && from.answer === to.answer && from.unanswered === to.unanswered;
      if (!same || !("standard" in before)) rows.push(courseRow(to));
      return rows;
    },
    activities: (state) => activityStates(outline, state2004(state)),
  };
}

/** The state of an instance of a SCORM 2004 course. */
export function state2004(state: LearnerState): Instance2004State {
  if ("standard" in state) return state;
  return { ...emptyInstance2004, launch: state.launch, seq: state.seq };
}

function contextOf(context: AnyLaunchContext): Launch2004Context {
  if ("standard" in context) return context;
  throw new TypeError("a launch of SCORM 1.2 in a course of SCORM 2004");
}

const completions = {
  completed: Completion.COMPLETE,
  incomplete: Completion.INCOMPLETE,
  "not attempted": Completion.NOT_ATTEMPTED,
  unknown: Completion.UNKNOWN,
} as const;
const successes = { passed: Success.PASSED, failed: Success.FAILED, unknown: Success.UNKNOWN } as const;

function activityStates(outline: CourseOutline, state: Instance2004State): ActivityState[] {
  return activityResults2004(outline, state).leaves.map((leaf) => {
    const attempt = attemptIn(state.attempts, leaf.identifier);
    return create(ActivityStateSchema, {
      activity: leaf.identifier,
      completion: completions[leaf.completionStatus],
      success: successes[leaf.successStatus],
      ...(leaf.score && { score: scoreMessage(leaf.score) }),
      totalSeconds: leaf.totalSeconds,
      status: leaf.successStatus === "unknown" ? leaf.completionStatus : leaf.successStatus,
      attemptCount: leaf.attemptCount,
      current: leaf.identifier === state.current,
      available: leaf.available,
      stateJson: attempt ? JSON.stringify(attempt) : "",
    });
  });
}
