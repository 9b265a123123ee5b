import type { Activity } from "../activity-index.ts";
import { type Draft, enter, trackingOf } from "../draft.ts";
import type { SequencingRequestType } from "../sequencing-result.ts";
import { sequencingRulesCheck } from "../utility/up-2-sequencing-rules-check.ts";

/** What a post-condition rule asks for instead of what was requested. */
export interface PostConditionResult {
  readonly termination?: "exitParent" | "exitAll";
  readonly sequencing?: Extract<SequencingRequestType, "retry" | "continue" | "previous">;
}

/** TB.2.2 Sequencing Post Condition Rules Subprocess. */
export function sequencingPostConditionRules(draft: Draft, activity: Activity): PostConditionResult {
  enter(draft, "TB.2.2", activity);
  // 1. Not for a suspended activity: its attempt goes on later.
  if (trackingOf(draft, activity).suspended) return {};
  // 2. and 3.
  const action = sequencingRulesCheck(draft, activity, activity.postConditionRules);
  switch (action) {
    case "retry":
    case "continue":
    case "previous":
      return { sequencing: action };
    case "exitParent":
    case "exitAll":
      return { termination: action };
    case "retryAll":
      return { termination: "exitAll", sequencing: "retry" };
    default:
      return {};
  }
}
