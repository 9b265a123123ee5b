import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { closeLaunch } from "@coursemesh/scorm/instance12/fold-journal.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { LaunchContext } from "@coursemesh/scorm/instance12/launch-context.ts";

/**
 * The state from which a launch's next call is folded. When another launch has written since, what that one left open is ended as
 * for a closed window, and the numbers go on where this launch stopped.
 * @param lastSeq the launch's last call that the journal has; 0 for none.
 */
export function resumeLaunch(
  outline: CourseOutline,
  context: LaunchContext,
  state: InstanceState,
  lastSeq: number,
): InstanceState {
  if (state.launch === context.id) return state;
  return { ...closeLaunch(outline, context, state), launch: context.id, seq: lastSeq };
}
