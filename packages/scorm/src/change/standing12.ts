import type { ActivityState, SessionState } from "../cmi12/activity-state.ts";
import { activityResult } from "../course/activity-result.ts";
import { type CourseOutline, leavesOf } from "../course/course-outline.ts";
import { activityIn, type InstanceState } from "../instance12/instance-state.ts";
import type { ActivityStanding, Outcome, StandingChange, ToldStatus } from "./activity-standing.ts";

const told: ReadonlySet<string> = new Set<ToldStatus>(["completed", "passed", "failed"]);

/** The SCOs of a SCORM 1.2 course that some calls have touched. Assets say nothing about themselves. */
export function standingChanges12(
  outline: CourseOutline,
  before: InstanceState,
  after: InstanceState,
): StandingChange[] {
  if (before.activities === after.activities) return [];
  return leavesOf(outline.activities).flatMap((leaf) => {
    const [from, to] = [activityIn(before.activities, leaf.identifier), activityIn(after.activities, leaf.identifier)];
    if (to === undefined || to === from || leaf.launch?.type !== "sco") return [];
    const standing = (state: ActivityState): ActivityStanding => {
      const { status, score } = activityResult(leaf, state);
      return {
        attempt: 0,
        session: state.sessions,
        running: state.session?.phase === "running",
        resumed: state.sessions > 1,
        suspended: isSuspended(state, state.session ?? from?.session),
        statuses: told.has(status) ? [status as ToldStatus] : [],
        ...outcomeOf(status),
        ...(score && { score }),
        totalCentiseconds: state.totalCentiseconds,
        interactions: state.interactions,
      };
    };
    return { activity: leaf.identifier, title: leaf.title, before: from && standing(from), after: standing(to) };
  });
}

/** As `cmi.core.entry` will say. @param session by whose terms it ended. */
function isSuspended({ exit, ended }: ActivityState, session: SessionState | undefined): boolean {
  return exit === "suspend" || (exit === "" && ended === "close" && session?.policy.resumeAfterClosedWindow === true);
}

/** `failed` does not say whether everything was gone through. */
function outcomeOf(status: string): Outcome {
  if (status === "failed") return { success: false };
  const completion = status === "completed" || status === "passed";
  return { completion, ...(status === "passed" && { success: true }) };
}
