import type { Activity, Objective } from "@coursemesh/scorm/sequencing/activity-index.ts";
import type { SequencingRule } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import type { Draft } from "@coursemesh/scorm/sequencing/draft.ts";
import { isCompleted } from "@coursemesh/scorm/sequencing/objective-status.ts";
import type { RuleDecision, TraceEntry } from "@coursemesh/scorm/sequencing/trace.ts";
import { sequencingRulesCheck } from "@coursemesh/scorm/sequencing/utility/up-2-sequencing-rules-check.ts";
import type { Reason } from "../contents/reason.ts";

type Condition = RuleDecision["conditions"][number];

/** More titles than this say less, not more. */
const mostTitles = 3;

/** What the first of these rules that holds means to a learner; undefined when none holds. */
export function ruleReason(draft: Draft, activity: Activity, rules: readonly SequencingRule[]): Reason | undefined {
  if (rules.length === 0) return undefined;
  const trace: TraceEntry[] = [];
  if (sequencingRulesCheck({ ...draft, trace }, activity, rules) === undefined) return undefined;
  const decision = trace.findLast((entry) => "conditions" in entry);
  const reasons = (decision?.conditions ?? []).flatMap((condition) => {
    const reason = condition.value === false ? undefined : conditionReason(draft, activity, condition);
    return reason === undefined ? [] : { reason, holds: condition.value === true };
  });
  // "Not known or not passed" is written as two conditions, and means the second.
  const toPass = reasons.find(({ reason }) => reason.kind === "passFirst");
  return (toPass ?? reasons.find(({ holds }) => holds))?.reason ?? { kind: "locked" };
}

function conditionReason(
  draft: Draft,
  activity: Activity,
  { condition, objective, not }: Condition,
): Reason | undefined {
  const sources = () => sourcesOf(draft, activity, objective);
  switch (condition) {
    case "satisfied":
    case "objectiveMeasureGreaterThan":
    case "objectiveMeasureLessThan": {
      const isPassed = condition === "objectiveMeasureLessThan" ? not === true : not !== true;
      return named(draft, isPassed ? "needless" : "passFirst", sources());
    }
    case "completed":
    case "activityProgressKnown":
    case "objectiveStatusKnown":
    case "objectiveMeasureKnown":
    case "attempted":
      return named(draft, not ? "finishFirst" : "needless", sources());
    case "attemptLimitExceeded":
      return not ? undefined : { kind: "noAttempts" };
    case "timeLimitExceeded":
    case "outsideAvailableTimeRange":
      return not ? undefined : { kind: "notNow" };
    case "always":
      return undefined;
  }
}

/** The reason with titles that learners know: of a part that is not listed, what is left to do in it. */
function named(
  draft: Draft,
  kind: "finishFirst" | "passFirst" | "needless",
  sources: readonly Activity[],
): Reason | undefined {
  const titlesOf = (activities: readonly Activity[]) => activities.map(({ definition }) => definition.title);
  if (sources.length === 0) return undefined;
  if (sources.every(isListed)) return { kind, titles: titlesOf(sources.slice(0, mostTitles)) };
  if (kind === "needless") return undefined;
  const left = sources.flatMap(listedIn).filter((activity) => isCompleted(draft, activity) !== true);
  if (left.length === 0) return undefined;
  return left.length > mostTitles ? { kind: "afterOthers" } : { kind: "finishFirst", titles: titlesOf(left) };
}

/** Whether the manifest lists an activity in the contents. */
export function isListed({ definition }: Activity): boolean {
  return definition.visible ?? true;
}

function listedIn(activity: Activity): readonly Activity[] {
  return isListed(activity) ? [activity] : activity.children.flatMap(listedIn);
}

/** What writes the global objective that an objective reads; the activity itself when it reads none, and nothing when that could never help. */
function sourcesOf(draft: Draft, activity: Activity, id: string | undefined): readonly Activity[] {
  const objective = id === undefined ? activity.primaryObjective : activity.objectives.find((own) => own.id === id);
  const read = new Set(Object.values(objective?.reads ?? {}));
  if (read.size === 0) return activity === draft.course.root ? [] : [activity];
  return draft.course.activities.filter(
    (other) => other !== activity && other.objectives.some((own) => writes(own, read)),
  );
}

function writes(objective: Objective, globals: ReadonlySet<number>): boolean {
  return Object.values(objective.writes).some((targets) => targets.some((target) => globals.has(target)));
}
