import type { Activity, Objective, ObjectiveField } from "../activity-index.ts";
import { pathToRoot } from "../activity-path.ts";
import { type Draft, enter } from "../draft.ts";
import { measureRollup } from "./rb-1-1-a-measure-rollup.ts";
import { completionMeasureRollup } from "./rb-1-1-b-completion-measure-rollup.ts";
import { objectiveRollup } from "./rb-1-2-objective-rollup.ts";
import { activityProgressRollup } from "./rb-1-3-activity-progress-rollup.ts";

/**
 * RB.1.5 Overall Rollup Process. Besides the ancestors of the activity it takes in those of every activity whose primary objective reads a global
 * objective that one of them writes (SN 4.6.1, "rollup set"), deepest first, each once.
 */
export function overallRollup(draft: Draft, activity: Activity): void {
  enter(draft, "RB.1.5", activity);
  // 1. to 3. The ancestors, nearest first.
  for (const at of rollupSet(draft, activity)) rollUp(draft, at);
}

function rollUp(draft: Draft, activity: Activity): void {
  // A leaf has nothing below it: its status is what content reported and UP.4 settled.
  if (activity.children.length === 0) return;
  // 3.1 Measures first, because status may depend on them.
  measureRollup(draft, activity);
  if (draft.behaviour.completionMeasure) completionMeasureRollup(draft, activity);
  // 3.2
  objectiveRollup(draft, activity);
  // 3.3
  activityProgressRollup(draft, activity);
}

function rollupSet(draft: Draft, activity: Activity): Activity[] {
  const path = pathToRoot(activity);
  const affected = path.flatMap((at) => at.objectives.flatMap((objective) => readersOf(draft, objective)));
  if (affected.length === 0) return path;
  const set = new Set(path);
  for (const reader of affected) {
    for (let at = reader.parent; at !== undefined && !set.has(at); at = at.parent) set.add(at);
  }
  return [...set].sort((a, b) => b.depth - a.depth);
}

function readersOf(draft: Draft, objective: Objective): readonly Activity[] {
  const readers: Activity[] = [];
  for (const field of Object.keys(objective.writes) as ObjectiveField[]) {
    for (const global of objective.writes[field] ?? []) readers.push(...(draft.course.readers[global] ?? []));
  }
  return readers;
}
