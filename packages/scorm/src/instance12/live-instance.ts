import type { ActivityState, SessionState } from "../cmi12/activity-state.ts";
import { unopenedActivity } from "../cmi12/activity-state.ts";
import { openActivity } from "../cmi12/open-activity.ts";
import { ScoSession } from "../cmi12/sco-session.ts";
import { type ActivityOutline, type CourseOutline, leavesOf } from "../course/course-outline.ts";
import { activityIn, type InstanceState } from "./instance-state.ts";
import type { LaunchContext } from "./launch-context.ts";

const leavesByOutline = new WeakMap<CourseOutline, ReadonlyMap<string, ActivityOutline>>();

function leafMap(outline: CourseOutline): ReadonlyMap<string, ActivityOutline> {
  let leaves = leavesByOutline.get(outline);
  if (leaves === undefined) {
    leaves = new Map(leavesOf(outline.activities).map((leaf) => [leaf.identifier, leaf]));
    leavesByOutline.set(outline, leaves);
  }
  return leaves;
}

/**
 * One instance while a launch runs. The player's API and the server's fold both drive this class, so they cannot disagree.
 * At most one activity is open at a time.
 */
export class LiveInstance {
  /** Session of the activity that is open, undefined between activities. */
  session: ScoSession | undefined;
  /** Activity that was opened last. */
  current: string;
  readonly #leaves: ReadonlyMap<string, ActivityOutline>;
  readonly #launch: LaunchContext;
  #activities: Readonly<Record<string, ActivityState>>;

  constructor(outline: CourseOutline, launch: LaunchContext, state: InstanceState) {
    this.#leaves = leafMap(outline);
    this.#launch = launch;
    this.#activities = state.activities;
    this.current = state.current;
    this.session = this.#resume();
    if (state.launch !== launch.id) this.leave();
  }

  /** Leaves the open activity and opens another; false when the course has no such leaf, and then nothing changes. */
  open(activity: string): boolean {
    if (!this.#leaves.has(activity)) return false;
    this.leave();
    this.#keep(activity, openActivity(activityIn(this.#activities, activity) ?? unopenedActivity, this.#launch));
    this.current = activity;
    this.session = this.#resume();
    return true;
  }

  /** Ends the open attempt, if there is one: an unfinished session ends as when its window was closed. */
  leave(): void {
    if (this.session === undefined) return;
    this.#keep(this.current, this.session.close());
    this.session = undefined;
  }

  /** The instance as it stands, after the call with number `seq`. Activities that did not change keep their identity. */
  state(seq: number): InstanceState {
    if (this.session !== undefined) this.#keep(this.current, this.session.state());
    return { v: 1, launch: this.#launch.id, seq, current: this.current, activities: this.#activities };
  }

  #keep(activity: string, state: ActivityState): void {
    this.#activities = { ...this.#activities, [activity]: state };
  }

  #resume(): ScoSession | undefined {
    const activity = activityIn(this.#activities, this.current);
    if (activity === undefined || !hasSession(activity)) return undefined;
    return new ScoSession(activity, this.#launch, this.#leaves.get(this.current)?.scorm12 ?? {});
  }
}

function hasSession(activity: ActivityState): activity is ActivityState & { readonly session: SessionState } {
  return activity.session !== undefined;
}
