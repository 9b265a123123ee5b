import { leavesOf } from "@coursemesh/scorm/course/course-outline.ts";
import { type CourseResult, rollUp } from "@coursemesh/scorm/course/roll-up.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import { Scorm12Api } from "@coursemesh/scorm/instance12/scorm12-api.ts";
import type { ContentsEntry } from "../contents/contents-entry.ts";
import type { JournalQueue } from "../journal/journal-queue.ts";
import type { Scorm12Launch } from "../protocol/opened-launch.ts";
import type { CourseControls, CourseSession, OfferedApi } from "../session/course-session.ts";
import type { SessionParts } from "../session/session-parts.ts";
import type { LearnerRequest, Turn } from "../session/turn.ts";
import type { PlayerSettings } from "../settings.ts";
import { contentsOf } from "./contents-of.ts";
import { lockedBecause } from "./locked-because.ts";
import { replayUnsent } from "./replay-unsent.ts";
import { firstActivity, firstLocked, neighboursOf, openableActivities } from "./where-to-go.ts";

/** A launch of a SCORM 1.2 course. The book leaves navigation to the LMS: everything is decided here, at once. */
export class Scorm12Session implements CourseSession {
  readonly opened: Scorm12Launch;
  readonly settings: PlayerSettings;
  readonly api: OfferedApi;
  readonly queue: JournalQueue;
  readonly secondsBefore: number;
  readonly reviewing: boolean;
  readonly hasContents: boolean;
  /** Without sequencing, the last page of an activity may be its last word. */
  readonly partFinished = false;
  activity = "";
  readonly #api: Scorm12Api;
  readonly #parts: SessionParts;

  constructor(opened: Scorm12Launch, parts: SessionParts) {
    const { settings, queue, unsent, events } = parts;
    const state = replayUnsent(opened, unsent);
    this.opened = opened;
    this.settings = settings;
    this.queue = queue;
    this.#parts = parts;
    this.secondsBefore = rollUp(opened.outline, state, settings.rollUp).totalSeconds;
    this.reviewing = opened.context.mode === "review";
    this.hasContents = leavesOf(opened.outline.activities).length > 1;
    this.#api = new Scorm12Api(opened.outline, opened.context, state, (call) => {
      if (!this.reviewing) queue.record(call);
      events.onCall(call.method);
    });
    this.api = { name: "API", object: this.#api };
  }

  titleOf(activity: string): string {
    return this.#leaf(activity)?.title ?? "";
  }

  addressOf(activity: string): string {
    return this.#parts.addressOf(this.#leaf(activity)?.launch?.href ?? "");
  }

  async begin(): Promise<Turn> {
    const { outline, launch } = this.opened;
    const state = this.#state();
    const asked = launch.activity;
    const openable = asked !== undefined && openableActivities(outline, state).includes(asked);
    const activity = openable ? asked : firstActivity(outline, state);
    return activity === undefined ? this.#nothing() : this.#enter("choice", activity);
  }

  may(request: LearnerRequest): boolean {
    switch (request.type) {
      case "choice":
      case "continue":
      case "previous": {
        const target = this.#target(request);
        return target !== undefined && openableActivities(this.opened.outline, this.#state()).includes(target);
      }
      default:
        return request.type !== "abandon" && request.type !== "abandonAll";
    }
  }

  async request(request: LearnerRequest, unload: () => Promise<boolean>): Promise<Turn | undefined> {
    if (!(await unload())) return undefined;
    switch (request.type) {
      case "choice":
      case "continue":
      case "previous": {
        const target = this.#target(request);
        return target === undefined ? this.#nothing() : this.#enter(request.type, target);
      }
      case "goOn": {
        const activity = this.activity || firstActivity(this.opened.outline, this.#state());
        return activity === undefined ? this.#nothing() : this.#enter("choice", activity);
      }
      case "closed":
        // A course of one activity is over with its window.
        if (!this.hasContents) return this.#leave();
        this.#api.navigate("closed");
        this.activity = "";
        this.queue.flush();
        return { kind: "windowClosed" };
      default:
        return this.#leave();
    }
  }

  contents(): readonly ContentsEntry[] {
    return this.hasContents ? contentsOf(this.opened.outline, this.#state(), this.activity) : [];
  }

  controls(): CourseControls {
    const { previous, next } = this.#neighbours();
    const step = (target: string | undefined) => (target === undefined ? "hidden" : "enabled");
    return {
      continue: step(next),
      previous: step(previous),
      exitAll: "enabled",
      exit: "hidden",
      suspendAll: "hidden",
      abandon: "hidden",
      abandonAll: "hidden",
    };
  }

  result(): CourseResult {
    return rollUp(this.opened.outline, this.#state(), this.settings.rollUp);
  }

  refuse(reason: string): void {
    this.#api.refuse(reason);
  }

  #enter(request: "choice" | "continue" | "previous", activity: string): Turn {
    this.#api.navigate(request, activity);
    this.activity = activity;
    return { kind: "deliver" };
  }

  async #leave(): Promise<Turn> {
    this.#api.navigate("exit");
    this.activity = "";
    this.queue.flush();
    await this.queue.settled();
    return { kind: "left", how: "ended" };
  }

  #nothing(): Turn {
    const { outline } = this.opened;
    const state = this.#state();
    const locked = firstLocked(outline, state);
    const titles = locked ? lockedBecause(outline, state, locked.unmet) : [];
    if (locked === undefined || titles.length === 0) return { kind: "nothing", reason: { kind: "unknown" } };
    return { kind: "nothing", reason: { kind: "waitsFor", title: locked.title, titles } };
  }

  #target(request: LearnerRequest): string | undefined {
    if (request.type === "choice") return request.target;
    const { previous, next } = this.#neighbours();
    return request.type === "continue" ? next : previous;
  }

  /** The activities before and after the one on the stage, or the one that was there last. */
  #neighbours(): ReturnType<typeof neighboursOf> {
    const state = this.#state();
    return neighboursOf(this.opened.outline, state, this.activity || state.current);
  }

  #state(): InstanceState {
    return this.#api.state();
  }

  #leaf(activity: string) {
    return leavesOf(this.opened.outline.activities).find((leaf) => leaf.identifier === activity);
  }
}
