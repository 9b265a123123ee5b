import { leavesOf } from "@coursemesh/scorm/course/course-outline.ts";
import { type CourseResult, rollUp } from "@coursemesh/scorm/course/roll-up.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import { type NavigationRequest, Scorm12Api } from "@coursemesh/scorm/instance12/scorm12-api.ts";
import type { JournalCall, JournalMethod } from "@coursemesh/scorm/journal/journal-call.ts";
import type { CallStore } from "../journal/call-store.ts";
import { JournalQueue } from "../journal/journal-queue.ts";
import type { JournalStatus } from "../journal/journal-status.ts";
import { replayUnsent } from "../journal/replay-unsent.ts";
import type { LaunchApi } from "../protocol/launch-api.ts";
import type { LaunchError } from "../protocol/launch-error.ts";
import type { OpenedLaunch } from "../protocol/opened-launch.ts";
import { type PlayerSettings, readSettings } from "../settings.ts";
import { activityAddress } from "./activity-address.ts";

/** What a session tells the player. */
export interface SessionEvents {
  readonly onStatus: (status: JournalStatus) => void;
  readonly onRefused: (error: LaunchError) => void;
  /** Something was called that may change contents or result. */
  readonly onCall: (method: JournalMethod) => void;
}

/** A launch that was opened: the API that its content calls, and the journal that keeps the calls. */
export class CourseSession {
  readonly opened: OpenedLaunch;
  readonly settings: PlayerSettings;
  /** What content finds at `window.API`. */
  readonly api: Scorm12Api;
  readonly queue: JournalQueue;
  /** Time that earlier sessions took. */
  readonly secondsBefore: number;
  /** In review nothing is recorded: the API answers, and the journal stays empty. */
  readonly reviewing: boolean;
  /** Activity that is on the stage; empty between activities. */
  activity = "";
  readonly #base: string;

  constructor(
    base: string,
    opened: OpenedLaunch,
    found: readonly JournalCall[],
    launchApi: LaunchApi,
    store: CallStore,
    events: SessionEvents,
  ) {
    const { state, unsent } = replayUnsent(opened, found);
    this.#base = base;
    this.opened = opened;
    this.settings = readSettings(opened.settings);
    this.secondsBefore = rollUp(opened.outline, state, this.settings.rollUp).totalSeconds;
    this.reviewing = opened.context.mode === "review";
    this.queue = new JournalQueue({
      api: launchApi,
      store,
      launch: { base, launchId: opened.launch.id },
      acknowledged: opened.acknowledgedSeq,
      unsent,
      onStatus: events.onStatus,
      onRefused: events.onRefused,
    });
    this.api = new Scorm12Api(opened.outline, opened.context, state, (call) => {
      if (!this.reviewing) this.queue.record(call);
      events.onCall(call.method);
    });
  }

  state(): InstanceState {
    return this.api.state();
  }

  result(): CourseResult {
    return rollUp(this.opened.outline, this.state(), this.settings.rollUp);
  }

  titleOf(activity: string): string {
    return this.#leaf(activity)?.title ?? "";
  }

  addressOf(activity: string): string {
    return activityAddress(this.#base, this.#leaf(activity)?.launch?.href ?? "");
  }

  /** Goes to an activity. What was on the stage has been unloaded before. */
  enter(request: NavigationRequest, activity: string): void {
    this.api.navigate(request, activity);
    this.activity = activity;
  }

  /** Leaves the course's content: the open attempt ends. */
  leave(request: "exit" | "closed"): void {
    this.api.navigate(request);
    this.activity = "";
  }

  #leaf(activity: string) {
    return leavesOf(this.opened.outline.activities).find((leaf) => leaf.identifier === activity);
  }
}
