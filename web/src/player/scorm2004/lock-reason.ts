import type { Activity } from "@coursemesh/scorm/sequencing/activity-index.ts";
import { commonAncestor, contains, pathFromRoot, pathToRoot } from "@coursemesh/scorm/sequencing/activity-path.ts";
import { availableChildren, type Draft, trackingOf } from "@coursemesh/scorm/sequencing/draft.ts";
import { outsideAvailableTimeRange, timeLimitExceeded } from "@coursemesh/scorm/sequencing/rule-condition.ts";
import { limitConditionsCheck } from "@coursemesh/scorm/sequencing/utility/up-1-limit-conditions-check.ts";
import type { Reason } from "../contents/reason.ts";
import { exceptionReason } from "./exception-reason.ts";
import { isListed, ruleReason } from "./rule-reason.ts";

/** Why an activity that cannot be chosen cannot be chosen, with the most telling cause first; `exception` is what the sequencer says. */
export function lockReason(draft: Draft, activity: Activity, exception: string | undefined): Reason {
  for (const at of pathFromRoot(activity)) {
    const closed = trackingOf(draft, at).active ? undefined : closedReason(draft, at);
    if (closed !== undefined) return closed;
  }
  const { current } = draft;
  if (exception === "SB.2.9-6") {
    const entered = pathFromRoot(activity).find((at) => at.preventActivation && !trackingOf(draft, at).active);
    if (entered !== undefined && isListed(entered)) return { kind: "enterInOrder", title: entered.definition.title };
  }
  if ((exception === "NB.2.1-8" || exception === "SB.2.9-7") && current !== undefined) {
    const held = pathToRoot(current).find((at) => !at.controlMode.choiceExit);
    if (held !== undefined && isListed(held)) return { kind: "stayIn", title: held.definition.title };
  }
  if (exception === "SB.2.4-1") {
    const stop = stoppingActivity(draft, activity);
    if (stop !== undefined && isListed(stop)) return { kind: "finishFirst", titles: [stop.definition.title] };
  }
  return { kind: exceptionReason(exception ?? "unknown") };
}

/** A rule that disables the activity, or a limit that is reached. */
function closedReason(draft: Draft, activity: Activity): Reason | undefined {
  const disabled = ruleReason(draft, activity, activity.preConditionRules.disabled);
  if (disabled !== undefined) return disabled;
  if (!limitConditionsCheck(draft, activity)) return undefined;
  const outOfTime = timeLimitExceeded(draft, activity) || outsideAvailableTimeRange(draft, activity);
  return { kind: outOfTime ? "notNow" : "noAttempts" };
}

/** What on the way to a later activity lets nobody pass. */
function stoppingActivity(draft: Draft, target: Activity): Activity | undefined {
  const { root } = draft.course;
  const ancestor = draft.current === undefined ? root : commonAncestor(draft.current, target);
  for (const cluster of pathFromRoot(target).filter((at) => contains(ancestor, at))) {
    for (const child of availableChildren(draft, cluster)) {
      if (contains(child, target)) break;
      if (ruleReason(draft, child, child.preConditionRules.stopForwardTraversal) !== undefined) return child;
    }
  }
  return undefined;
}
