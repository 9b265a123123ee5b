import { type ActivityIndex, indexActivities } from "./activity-index.ts";
import type { ActivityTree } from "./activity-tree.ts";
import { type Behaviour, behaviours } from "./behaviour.ts";
import type { ActivityTracking, ObjectiveProgress } from "./tracking.ts";

/** One learner's way through one course at one moment. A value: `step` returns the next one and shares with it whatever did not change. */
export interface SequencingSession {
  readonly course: ActivityIndex;
  readonly behaviour: Behaviour;
  /** Index of the Current Activity; absent while no sequencing session is under way. */
  readonly currentActivity: number | undefined;
  /** Index of the Suspended Activity: where Resume All goes on. */
  readonly suspendedActivity: number | undefined;
  /** Whether children have been selected and put in order for the first time (SR.1, SR.2). */
  readonly prepared: boolean;
  /** Tracking data of every activity, by its index. */
  readonly tracking: readonly ActivityTracking[];
  /** Global objectives, in the order of `course.globalObjectives`. */
  readonly globalObjectives: readonly ObjectiveProgress[];
}

/** A session as plain JSON for a data base: only what differs from a course that nobody has begun. */
export interface SequencingState {
  readonly currentActivity?: string;
  readonly suspendedActivity?: string;
  readonly prepared?: boolean;
  /** By identifier of the activity. */
  readonly activities: Readonly<Record<string, ActivityTracking>>;
  /** By id; where the tree says `objectivesGlobalToSystem`, they belong to the learner and not to the registration. */
  readonly globalObjectives: Readonly<Record<string, ObjectiveProgress>>;
}

const nothingKnown: ObjectiveProgress = {};
const oneUnknownObjective: readonly ObjectiveProgress[] = [nothingKnown];

/** Makes a course version ready; keep the result, it serves every session of that version. */
export function prepareCourse(tree: ActivityTree): ActivityIndex {
  return indexActivities(tree, behaviours[tree.edition].extendedObjectiveMaps);
}

/**
 * Opens a session: a new one, or one that `saveSession` wrote. Activities and objectives that the course does not have are left out, so that a state
 * survives a new version of its course.
 */
export function openSession(course: ActivityIndex, state?: SequencingState): SequencingSession {
  const indexOf = (identifier: string | undefined) =>
    identifier === undefined ? undefined : course.byIdentifier.get(identifier)?.index;
  const tracking = course.activities.map(({ identifier, objectives }) => {
    const saved = state?.activities[identifier];
    return saved?.objectives.length === objectives.length ? saved : untouched(objectives.length);
  });
  return {
    course,
    behaviour: behaviours[course.tree.edition],
    currentActivity: indexOf(state?.currentActivity),
    suspendedActivity: indexOf(state?.suspendedActivity),
    prepared: state?.prepared ?? false,
    tracking,
    globalObjectives: course.globalObjectives.map((id) => state?.globalObjectives[id] ?? nothingKnown),
  };
}

/** The session as JSON. `openSession` makes an equal one of it. */
export function saveSession(session: SequencingSession): SequencingState {
  const { course, currentActivity, suspendedActivity } = session;
  const activities: Record<string, ActivityTracking> = {};
  session.tracking.forEach((tracking, index) => {
    const activity = course.activities[index];
    if (activity !== undefined && !isUntouched(tracking)) activities[activity.identifier] = tracking;
  });
  const globalObjectives: Record<string, ObjectiveProgress> = {};
  session.globalObjectives.forEach((progress, at) => {
    const id = course.globalObjectives[at];
    if (id !== undefined && Object.keys(progress).length > 0) globalObjectives[id] = progress;
  });
  const identifierOf = (index: number | undefined) =>
    index === undefined ? undefined : course.activities[index]?.identifier;
  const current = identifierOf(currentActivity);
  const suspended = identifierOf(suspendedActivity);
  return {
    ...(current !== undefined && { currentActivity: current }),
    ...(suspended !== undefined && { suspendedActivity: suspended }),
    ...(session.prepared && { prepared: true }),
    activities,
    globalObjectives,
  };
}

const plain: ActivityTracking = { active: false, suspended: false, attemptCount: 0, objectives: oneUnknownObjective };
const plainByObjectives = new Map<number, ActivityTracking>([[1, plain]]);

/** Tracking data of an activity that was never attempted: one shared value for each number of objectives. */
function untouched(objectives: number): ActivityTracking {
  const known = plainByObjectives.get(objectives);
  if (known !== undefined) return known;
  const made = { ...plain, objectives: Array.from({ length: objectives }, () => nothingKnown) };
  plainByObjectives.set(objectives, made);
  return made;
}

function isUntouched(tracking: ActivityTracking): boolean {
  return tracking === untouched(tracking.objectives.length);
}
