import { create } from "@bufbuild/protobuf";
import {
  type ActivityState,
  ActivityStateSchema,
  Completion,
  Success,
} from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { activityResult } from "@coursemesh/scorm/course/activity-result.ts";
import { availableActivities } from "@coursemesh/scorm/course/available-activities.ts";
import { type CourseOutline, leavesOf } from "@coursemesh/scorm/course/course-outline.ts";
import { isCompleted } from "@coursemesh/scorm/course/roll-up.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import { scoreMessage } from "../result/result.ts";

/** Every activity that can be opened, in the order of the table of contents, with what the learner has come to in it. */
export function activityStates(outline: CourseOutline, state: InstanceState): ActivityState[] {
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
