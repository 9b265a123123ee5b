import type { ActivityIndex } from "../activity-index.ts";
import type { SequencingSession } from "../session.ts";

/** One value of tracking that a step changed. */
export interface StateChange {
  /** Empty for what belongs to no activity. */
  readonly activity: string;
  /** Empty unless an objective changed; a global objective stands without an activity. */
  readonly objective: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Names of values, as the book has them. */
const names: Readonly<Record<string, string>> = {
  active: "activity is active",
  suspended: "activity is suspended",
  attemptCount: "activity attempt count",
  availableChildren: "available children",
  satisfied: "objective satisfied status",
  measure: "objective normalized measure",
  completed: "completion status",
  completionAmount: "completion amount",
  scoreRaw: "objective raw score",
  scoreMin: "objective minimum score",
  scoreMax: "objective maximum score",
  staleObjectives: "objectives are of an earlier attempt",
  staleProgress: "progress is of an earlier attempt",
  attemptAbsoluteDuration: "attempt absolute duration",
  attemptExperiencedDuration: "attempt experienced duration",
  activityAbsoluteDuration: "activity absolute duration",
  activityExperiencedDuration: "activity experienced duration",
};

/** What differs between two sessions of the same course, in tree order; clocks and book-keeping left out. */
export function stateChanges(before: SequencingSession, after: SequencingSession): StateChange[] {
  const { course } = after;
  const changes: StateChange[] = [];
  const identifierAt = (index: number | undefined) =>
    index === undefined ? "" : (course.activities[index]?.identifier ?? "");
  const plain = [
    ["current activity", before.currentActivity, after.currentActivity],
    ["suspended activity", before.suspendedActivity, after.suspendedActivity],
  ] as const;
  for (const [name, old, now] of plain) {
    if (old === now) continue;
    changes.push({ activity: "", objective: "", name, before: identifierAt(old), after: identifierAt(now) });
  }
  for (const activity of course.activities) {
    const { objectives: oldObjectives = [], ...old } = before.tracking[activity.index] ?? {};
    const { objectives = [], ...now } = after.tracking[activity.index] ?? {};
    const where = { activity: activity.identifier, objective: "" };
    changes.push(
      ...changed(where, childrenNamed(course, activity.index, old), childrenNamed(course, activity.index, now)),
    );
    activity.objectives.forEach(({ id }, position) => {
      changes.push(
        ...changed(
          { ...where, objective: id ?? (position === 0 ? "" : String(position)) },
          { ...oldObjectives[position] },
          { ...objectives[position] },
        ),
      );
    });
  }
  course.globalObjectives.forEach((objective, at) => {
    const [old, now] = [before.globalObjectives[at], after.globalObjectives[at]];
    if (old !== now) changes.push(...changed({ activity: "", objective }, { ...old }, { ...now }));
  });
  return changes;
}

function changed(
  where: Pick<StateChange, "activity" | "objective">,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): StateChange[] {
  return Object.entries(names).flatMap(([key, name]) => {
    const [old, now] = [textOf(before[key]), textOf(after[key])];
    return old === now ? [] : [{ ...where, name, before: old, after: now }];
  });
}

function textOf(value: unknown): string {
  return value === undefined ? "" : String(value);
}

function childrenNamed(
  course: ActivityIndex,
  index: number,
  tracking: { readonly availableChildren?: readonly number[] },
) {
  const { availableChildren } = tracking;
  if (availableChildren === undefined) return tracking;
  const children = course.activities[index]?.children ?? [];
  return { ...tracking, availableChildren: availableChildren.map((at) => children[at]?.identifier ?? "").join(", ") };
}
