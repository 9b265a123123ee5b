import type { ActivityState, SessionState } from "./activity-state.ts";
import type { Credit, LessonMode } from "./lesson-status.ts";
import type { Scorm12Policy } from "./policy.ts";

/** The terms on which a session is opened. */
export interface SessionTerms {
  readonly mode: LessonMode;
  readonly credit: Credit;
  readonly policy: Scorm12Policy;
}

/** Kept by a policy that forgets: the result, the score and the learner's preferences. */
const alwaysKept = /^cmi\.(?:core\.(?:lesson_status|score\.)|student_preference\.)/;

/** The activity with a fresh session in phase `opened`. The caller has ended any earlier one. */
export function openActivity(activity: ActivityState, terms: SessionTerms): ActivityState {
  const session: SessionState = {
    phase: "opened",
    mode: terms.mode,
    credit: terms.credit,
    policy: terms.policy,
    entry: entryOf(activity, terms.policy),
    exit: "",
    time: "",
  };
  return { ...remembered(activity, terms.policy), opened: activity.opened + 1, session };
}

/** `cmi.core.entry`: RTE 3.4.4, cmi.core.entry, and the list of consequences under cmi.core.exit. */
function entryOf(activity: ActivityState, policy: Scorm12Policy): string {
  if (activity.sessions === 0) return "ab-initio";
  if (activity.exit === "suspend") return "resume";
  return policy.resumeAfterClosedWindow && activity.ended === "close" && activity.exit === "" ? "resume" : "";
}

function remembered(activity: ActivityState, policy: Scorm12Policy): ActivityState {
  if (!policy.forgetUnlessSuspended || activity.ended !== "finish" || activity.exit === "suspend") return activity;
  const values = Object.fromEntries(Object.entries(activity.values).filter(([name]) => alwaysKept.test(name)));
  return { ...activity, values, objectives: [], interactions: [] };
}
