import { create } from "@bufbuild/protobuf";
import {
  type ActivityState,
  ActivityStateSchema,
  Completion,
  Success,
} from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { standingChanges12 } from "@coursemesh/scorm/change/standing12.ts";
import { activityResult } from "@coursemesh/scorm/course/activity-result.ts";
import { availableActivities } from "@coursemesh/scorm/course/available-activities.ts";
import { type CourseOutline, leavesOf } from "@coursemesh/scorm/course/course-outline.ts";
import { isCompleted, rollUp } from "@coursemesh/scorm/course/roll-up.ts";
import { closeLaunch, foldJournal } from "@coursemesh/scorm/instance12/fold-journal.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { LaunchContext } from "@coursemesh/scorm/instance12/launch-context.ts";
import { scoreMessage, storedResult } from "../result/result.ts";
import type { AnyLaunchContext, InstanceModel, LearnerState } from "./instance-model.ts";

/** Instances of a SCORM 1.2 course. */
export function scorm12Model(outline: CourseOutline): InstanceModel {
  return {
    resume(context, state, lastSeq) {
      if (state.launch === context.id) return state;
      return { ...closeLaunch(outline, contextOf(context), stateOf(state)), launch: context.id, seq: lastSeq };
    },
    fold: (context, state, calls) => foldJournal(outline, contextOf(context), stateOf(state), calls),
    result: (terms, state) => storedResult(rollUp(outline, stateOf(state), terms.rollUp)),
    settledResult({ context, rollUp: policy }, state) {
      return storedResult(rollUp(outline, closeLaunch(outline, contextOf(context), stateOf(state)), policy));
    },
    closed: (context, state) => closeLaunch(outline, contextOf(context), stateOf(state)),
    standings: (before, after) => standingChanges12(outline, stateOf(before), stateOf(after)),
    changedRows(before, after) {
      const { activities } = stateOf(before);
      return Object.entries(stateOf(after).activities)
        .filter(([activity, value]) => value !== activities[activity])
        .map(([activity, value]) => [activity, JSON.stringify(value)]);
    },
    activities: (state) => activityStates(outline, stateOf(state)),
  };
}

function stateOf(state: LearnerState): InstanceState {
  if ("standard" in state) throw new TypeError("the state of a SCORM 2004 course in one of SCORM 1.2");
  return state;
}

function contextOf(context: AnyLaunchContext): LaunchContext {
  if ("standard" in context) throw new TypeError("a launch of SCORM 2004 in a course of SCORM 1.2");
  return context;
}

function activityStates(outline: CourseOutline, state: InstanceState): ActivityState[] {
  const available = new Map(availableActivities(outline, state).map((it) => [it.identifier, it.available]));
  return leavesOf(outline.activities).map((leaf) => {
    const stored = state.activities[leaf.identifier];
    const result = activityResult(leaf, stored);
    const completion = isCompleted(result)
      ? Completion.COMPLETE
      : result.status === "not attempted"
        ? Completion.NOT_ATTEMPTED
        : Completion.INCOMPLETE;
    return create(ActivityStateSchema, {
      activity: leaf.identifier,
      completion,
      success: successOf(result.status),
      ...(result.score && { score: scoreMessage(result.score) }),
      totalSeconds: result.totalSeconds,
      status: result.status,
      attemptCount: (leaf.launch?.type === "sco" ? stored?.sessions : stored?.opened) ?? 0,
      current: leaf.identifier === state.current,
      available: available.get(leaf.identifier) ?? true,
      stateJson: stored ? JSON.stringify(stored) : "",
    });
  });
}

function successOf(status: string): Success {
  if (status === "passed") return Success.PASSED;
  return status === "failed" ? Success.FAILED : Success.UNKNOWN;
}
