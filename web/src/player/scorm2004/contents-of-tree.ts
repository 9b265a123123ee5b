import { attemptIn, type Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { Activity } from "@coursemesh/scorm/sequencing/activity-index.ts";
import { type Draft, trackingOf } from "@coursemesh/scorm/sequencing/draft.ts";
import { isCompleted, isSatisfied, readObjective } from "@coursemesh/scorm/sequencing/objective-status.ts";
import type { TocEntry } from "@coursemesh/scorm/sequencing/player-controls.ts";
import { sequencingRulesCheck } from "@coursemesh/scorm/sequencing/utility/up-2-sequencing-rules-check.ts";
import type { ValidNavigation } from "@coursemesh/scorm/sequencing/valid-navigation.ts";
import type { ContentsEntry, EntryStatus } from "../contents/contents-entry.ts";
import { lockReason } from "./lock-reason.ts";

/** The contents as the learner sees them: what is visible, the course itself as the first line, and why what cannot be chosen cannot. */
export function contentsOfTree(
  toc: TocEntry,
  draft: Draft,
  valid: ValidNavigation,
  { attempts, current: delivered }: Pick<Instance2004State, "attempts" | "current">,
): readonly ContentsEntry[] {
  const entryOf = (entry: TocEntry): ContentsEntry[] => {
    const activity = draft.course.byIdentifier.get(entry.activity);
    if (activity === undefined) return [];
    const children = entry.children.flatMap(entryOf);
    // What is in a part that is not listed stands in its place.
    if (!entry.visible) return children;
    const { selectable } = entry;
    // What has ended is where the learner stands in the tree, and can be chosen again.
    const current = entry.activity === delivered;
    // A part that opens nothing by itself is open through what is in it.
    const locked =
      !selectable && !current && !children.some(({ status }) => status !== "locked" && status !== "notNeeded");
    return [
      {
        identifier: entry.activity,
        title: entry.title,
        current,
        selectable,
        status: statusOf(draft, activity, attempts, locked),
        children,
        // Of the whole course there is nothing to say that its parts do not say better.
        ...(locked && activity.parent && { reason: lockReason(draft, activity, valid.choiceRefusal(entry.activity)) }),
      },
    ];
  };
  return entryOf(toc).flatMap(({ children, ...course }) => [{ ...course, children: [] }, ...children]);
}

/**
 * What was achieved comes first; a failed test is failed although it was worked through. By the book, what says nothing of success is
 * satisfied when it ends (UP.4): a learner who has read a page has completed it, and passed nothing.
 */
function statusOf(
  draft: Draft,
  activity: Activity,
  attempts: Instance2004State["attempts"],
  locked: boolean,
): EntryStatus {
  const begun = trackingOf(draft, activity).attemptCount > 0;
  const { primaryObjective } = activity;
  const satisfied = begun ? isSatisfied(draft, activity, primaryObjective) : undefined;
  const said = attemptIn(attempts, activity.identifier)?.values["cmi.success_status"];
  const judged =
    (said !== undefined && said !== "unknown") ||
    readObjective(draft, activity, primaryObjective, "measure") !== undefined;
  if (satisfied === false) return "failed";
  if (satisfied && judged) return "passed";
  if (isCompleted(draft, activity)) return "completed";
  if (begun) return "incomplete";
  if (sequencingRulesCheck(draft, activity, activity.preConditionRules.skip) !== undefined) return "notNeeded";
  return locked ? "locked" : "notAttempted";
}
