import type { ActivityState } from "../cmi12/activity-state.ts";

/** All that an instance of a SCORM 1.2 course remembers: the fold of its journals. Plain JSON. */
export interface InstanceState {
  readonly v: 1;
  /** Launch whose journal was folded last; empty before the first. */
  readonly launch: string;
  /** Number of the last call of that journal that was folded. */
  readonly seq: number;
  /** Activity that was opened last; empty when none was. It stays after the learner has left, so that the next launch can go there. */
  readonly current: string;
  /** By activity identifier; an activity that was never opened is absent. An activity that a fold did not touch keeps its identity. */
  readonly activities: Readonly<Record<string, ActivityState>>;
}

/** State of an activity, undefined when it was never opened. Identifiers come from manifests, which may call an item `constructor`. */
export function activityIn(activities: InstanceState["activities"], identifier: string): ActivityState | undefined {
  return Object.hasOwn(activities, identifier) ? activities[identifier] : undefined;
}

/** An instance that nobody has launched. */
export const emptyInstance: InstanceState = { v: 1, launch: "", seq: 0, current: "", activities: {} };
