import type { Activity } from "./activity-index.ts";
import { availableChildren, type Draft } from "./draft.ts";

/** The activity and its ancestors, nearest first, the root included. */
export function pathToRoot(activity: Activity): Activity[] {
  const path: Activity[] = [];
  for (let at: Activity | undefined = activity; at !== undefined; at = at.parent) path.push(at);
  return path;
}

/** The ancestors and the activity, the root first. */
export function pathFromRoot(activity: Activity): Activity[] {
  return pathToRoot(activity).reverse();
}

/** From an activity up to an ancestor, which is left out. */
export function pathUpTo(activity: Activity, ancestor: Activity): Activity[] {
  const path: Activity[] = [];
  for (let at: Activity | undefined = activity; at !== undefined && at !== ancestor; at = at.parent) path.push(at);
  return path;
}

/** The nearest activity that is, or contains, both. */
export function commonAncestor(one: Activity, other: Activity): Activity {
  let a = one;
  while (!contains(a, other) && a.parent !== undefined) a = a.parent;
  return a;
}

/** Whether an activity is, or lies somewhere below, another one. */
export function contains(activity: Activity, other: Activity): boolean {
  return activity.index <= other.index && other.index <= activity.lastIndex;
}

/** The next available activity with the same parent. */
export function nextSibling(draft: Draft, activity: Activity): Activity | undefined {
  return sibling(draft, activity, 1);
}

/** The available activity with the same parent before this one. */
export function previousSibling(draft: Draft, activity: Activity): Activity | undefined {
  return sibling(draft, activity, -1);
}

function sibling(draft: Draft, activity: Activity, step: 1 | -1): Activity | undefined {
  if (activity.parent === undefined) return undefined;
  const siblings = availableChildren(draft, activity.parent);
  // Without selection and reordering the place is known; a search would make every step through a long list slower.
  const place = siblings === activity.parent.children ? activity.position : siblings.indexOf(activity);
  return place < 0 ? undefined : siblings[place + step];
}

/** Whether an activity is met after another one when walking forward through the available activities; a cluster is met before its children. */
export function isForwardOf(draft: Draft, activity: Activity, other: Activity): boolean {
  if (contains(other, activity)) return activity !== other;
  if (contains(activity, other)) return false;
  const ancestor = commonAncestor(activity, other);
  const order = availableChildren(draft, ancestor);
  if (order === ancestor.children) return activity.index > other.index;
  return order.findIndex((child) => contains(child, activity)) > order.findIndex((child) => contains(child, other));
}
