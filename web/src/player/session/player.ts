import type { JournalMethod } from "@coursemesh/scorm/journal/journal-call.ts";
import { hasContents } from "../contents/contents-model.ts";
import { lockedBecause } from "../contents/locked-because.ts";
import { firstActivity, firstLocked, openableActivities } from "../contents/where-to-go.ts";
import type { CallStore } from "../journal/call-store.ts";
import { deliverLeftOver } from "../journal/deliver-left-over.ts";
import { type JournalStatus, settledStatus } from "../journal/journal-status.ts";
import type { LaunchApi } from "../protocol/launch-api.ts";
import { LaunchError } from "../protocol/launch-error.ts";
import { webAddress } from "../settings.ts";
import { FrameStage } from "../stage/frame-stage.ts";
import type { Stage, StageEvents } from "../stage/stage.ts";
import { WindowStage } from "../stage/window-stage.ts";
import type { CourseModel, PlayerModel } from "../view/player-model.ts";
import type { PlayerView } from "../view/player-view.ts";
import { quietFor, saveIndicator } from "../view/save-indicator.ts";
import { courseModel, neighbours } from "./course-model.ts";
import { CourseSession } from "./course-session.ts";
import { openPatiently, within } from "./open-patiently.ts";
import { refusalOf } from "./refusal.ts";
import { isPlaying, type Scene } from "./scene.ts";
import { supportDetails } from "./support-details.ts";
import { TabChannel } from "./tab-channel.ts";

/** What a player works with. */
export interface PlayerOptions {
  /** The launch's address, `/l/<token>/`. */
  readonly base: string;
  readonly store: CallStore;
  readonly connect: (base: string) => LaunchApi;
  readonly view: PlayerView;
  /** Puts the API where content looks for it; undefined takes it away. */
  readonly offerApi: (api: CourseSession["api"] | undefined) => void;
}

const patience = 8_000;
const leftOverWithin = 5_000;
const settleWithin = 4_000;
const backShownFor = 6_000;

/** The player: brings launch, content, journal and screen together. One thing happens at a time; what is asked meanwhile is not heard. */
export class Player {
  readonly #options: PlayerOptions;
  readonly #api: LaunchApi;
  readonly #tabs: TabChannel;
  #session: CourseSession | undefined;
  #stage: Stage | undefined;
  #scene: Scene = { kind: "opening", title: "", slow: false };
  #status: JournalStatus = settledStatus(0);
  #openedAt = 0;
  /** Where the learner came from, once the server has said it; also when the launch cannot be opened again. */
  #returnUrl = "";
  #backUntil = 0;
  #busy = false;
  #contentsOpen = matchMedia("(min-width: 900px)").matches;
  #drawing = false;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#api = options.connect(options.base);
    this.#tabs = new TabChannel(
      (base) => base === options.base && this.#session !== undefined && this.#giveWay(),
      (registration) => {
        if (registration === this.#session?.opened.launch.registrationId) this.#session.queue.check();
      },
    );
    setInterval(() => this.draw(), 1_000);
  }

  get session(): CourseSession | undefined {
    return this.#session;
  }

  /** Opens the launch and the activity to begin with. `takeLease` when the learner asked to continue here. */
  async start(takeLease = false): Promise<void> {
    const { base, store, connect, offerApi } = this.#options;
    this.#session?.queue.stop();
    this.#session = undefined;
    this.#show({ kind: "opening", title: "", slow: false });
    const slow = setTimeout(() => this.#slow(), patience);
    try {
      await Promise.all([
        this.#tabs.claim(base),
        within(deliverLeftOver(store, base, connect), leftOverWithin).catch(() => {}),
      ]);
      const opened = await openPatiently(() => this.#api.open(takeLease));
      const found = await store.load(base).catch(() => []);
      const session = new CourseSession(base, opened, found, this.#api, store, {
        onStatus: (status) => this.#onStatus(status),
        onRefused: (error) => void this.#onRefused(session, error),
        onCall: (method) => this.#onCall(method),
      });
      this.#session = session;
      this.#status = session.queue.status;
      this.#openedAt = Date.now();
      this.#returnUrl = webAddress(opened.returnUrl);
      offerApi(session.api);
      this.#tabs.announceOpened(opened.launch.registrationId);
      this.#options.view.useLanguage(opened.locale);
      await this.#begin(session);
    } catch (error) {
      if (!(error instanceof LaunchError)) throw error;
      this.#show(
        error.leaseLost ? { kind: "leaseLost", at: Date.now() } : { kind: "refused", refusal: refusalOf(error) },
      );
    } finally {
      clearTimeout(slow);
    }
  }

  /** Opens an activity that the learner chose, or that Next or Previous lead to. */
  async go(request: "choice" | "continue" | "previous", activity: string | undefined): Promise<void> {
    const session = this.#session;
    if (
      !session ||
      activity === undefined ||
      this.#busy ||
      !isPlaying(this.#scene) ||
      !openableActivities(session.opened.outline, session.state()).includes(activity)
    )
      return;
    this.#busy = true;
    await this.#stage?.leave();
    if (session === this.#session && !this.#lost()) this.#enter(session, request, activity, true);
    this.#busy = false;
  }

  goNext(): void {
    if (this.#session) void this.go("continue", neighbours(this.#session).next);
  }

  goPrevious(): void {
    if (this.#session) void this.go("previous", neighbours(this.#session).previous);
  }

  /** Leaves the course: content away, everything saved, launch closed, then the way out. */
  async exit(): Promise<void> {
    const session = this.#session;
    if (!session || this.#busy || !isPlaying(this.#scene)) return;
    this.#busy = true;
    await this.#stage?.leave();
    this.#stage?.dispose();
    this.#stage = undefined;
    this.#busy = false;
    if (this.#lost()) return;
    session.leave("exit");
    this.#show({ kind: "leaving" });
    session.queue.flush();
    const settled = session.queue.settled();
    const late = setTimeout(() => this.#show({ kind: "unsaved", kept: this.#status.kept }), settleWithin);
    await settled;
    clearTimeout(late);
    if (session !== this.#session || this.#lost()) return;
    session.queue.stop();
    await within(this.#api.close(), settleWithin).catch(() => {});
    this.#wayOut(session);
  }

  /** Opens the course's window again, by a click that the browser lets pass. */
  openCourse(): void {
    const session = this.#session;
    if (!session) return;
    if (this.#scene.kind === "window" && this.#scene.open) this.#stage?.focus();
    else if (session.activity !== "") this.#present(session, true);
    else {
      const activity = firstActivity(session.opened.outline, session.state());
      if (activity !== undefined) this.#enter(session, "choice", activity, true);
    }
  }

  /** Opening failed or takes long: begins again with what there is. */
  retry(): void {
    const session = this.#session;
    if (session && session.activity !== "") void this.go("choice", session.activity);
    else void this.start();
  }

  /** The learner gives up a window that lost its lease. */
  async close(): Promise<void> {
    await this.#stage?.leave();
    this.#stage?.dispose();
    this.#stage = undefined;
    if (this.#returnUrl !== "") location.assign(this.#returnUrl);
    else {
      this.#show({ kind: "closed" });
      window.close();
    }
  }

  /** The page is gone for good: a course in its own window would go on without anybody to save it. */
  leavePage(): void {
    if (this.#session?.settings.target === "window") this.#stage?.dispose();
  }

  /** Whether closing the window now would lose something that is neither on the server nor on the device. */
  get wouldLose(): boolean {
    return this.#status.trouble !== "none" && !this.#status.kept;
  }

  /** Sends what waits, after trouble or because the network came back. */
  tryNow(): void {
    if (this.#status.trouble === "none" && this.#status.recorded === this.#status.acknowledged)
      this.#session?.queue.check();
    else this.#session?.queue.flush();
  }

  toggleContents(open = !this.#contentsOpen): void {
    this.#contentsOpen = open;
    this.draw();
  }

  /** What support needs, for the clipboard. */
  details(): string {
    return supportDetails(this.#session?.opened.launch.id ?? "", this.#status);
  }

  async #begin(session: CourseSession): Promise<void> {
    const { outline, launch } = session.opened;
    const state = session.state();
    const asked = launch.activity;
    const activity =
      asked && openableActivities(outline, state).includes(asked) ? asked : firstActivity(outline, state);
    await this.#stage?.leave();
    this.#stage?.dispose();
    this.#stage = this.#newStage(session);
    if (activity !== undefined) return this.#enter(session, "choice", activity, false);
    const locked = firstLocked(outline, state);
    this.#show({
      kind: "nothing",
      locked: locked && { title: locked.title, after: lockedBecause(outline, state, locked.unmet) },
    });
  }

  #enter(session: CourseSession, request: "choice" | "continue" | "previous", activity: string, asked: boolean): void {
    session.enter(request, activity);
    if (!this.#options.view.isWide) this.#contentsOpen = false;
    this.#present(session, asked);
  }

  #present(session: CourseSession, focus: boolean): void {
    const title = session.titleOf(session.activity);
    this.#stage ??= this.#newStage(session);
    const inFrame = session.settings.target === "frame";
    if (inFrame) this.#show({ kind: "opening", title, slow: false });
    const opened = this.#stage.open(session.addressOf(session.activity), title);
    if (!inFrame) this.#show(opened ? { kind: "window", title, open: true } : { kind: "popUpBlocked" });
    else setTimeout(() => this.#slow(), patience);
    if (focus && inFrame) this.#stage.focus();
  }

  #newStage(session: CourseSession): Stage {
    const { view } = this.#options;
    const events: StageEvents = {
      onLoaded: () => this.#loaded(),
      onClosed: () => void this.#onWindowClosed(session),
      onKey: (event) => view.onKey(event),
    };
    return session.settings.target === "window"
      ? new WindowStage(events, session.settings)
      : new FrameStage(view.place, view.frameTitle, events);
  }

  /** The course's own window is gone, which ends the attempt; a course of one activity is over with it. */
  async #onWindowClosed(session: CourseSession): Promise<void> {
    if (session !== this.#session || this.#busy || !isPlaying(this.#scene)) return;
    if (!hasContents(session.opened.outline)) return this.exit();
    const title = session.titleOf(session.activity);
    session.leave("closed");
    session.queue.flush();
    this.#show({ kind: "window", title, open: false });
  }

  #wayOut(session: CourseSession): void {
    const { settings } = session;
    this.#show({
      kind: "ended",
      result: session.result(),
      savedAt: this.#status.savedAt,
      reviewed: session.reviewing,
    });
    if (settings.exitPage === "close_window") window.close();
    else if (settings.exitPage === "return_url" && this.#returnUrl !== "") location.assign(this.#returnUrl);
  }

  /** A course that calls is there, even if one of its pictures is still on its way. */
  #onCall(method: JournalMethod): void {
    if (method !== "Navigate") this.#loaded();
    this.#drawSoon();
  }

  #loaded(): void {
    if (this.#scene.kind === "opening") this.#show({ kind: "frame" });
  }

  #onStatus(status: JournalStatus): void {
    const trouble = this.#status.trouble !== "none";
    this.#status = status;
    if (trouble && status.trouble === "none" && status.recorded === status.acknowledged)
      this.#backUntil = Date.now() + backShownFor;
    setTimeout(() => this.#drawSoon(), quietFor + 10);
    this.#drawSoon();
  }

  async #onRefused(session: CourseSession, error: LaunchError): Promise<void> {
    session.api.refuse(error.message);
    await session.queue.discard();
    if (error.leaseLost) return this.#show({ kind: "leaseLost", at: Date.now() });
    await this.#stage?.leave();
    this.#show({ kind: "refused", refusal: refusalOf(error) });
  }

  /** Another tab opens this very launch: stop, and let it have what is not on the server yet. */
  async #giveWay(): Promise<void> {
    const session = this.#session;
    if (!session || this.#scene.kind === "leaseLost" || this.#scene.kind === "ended") return;
    session.api.refuse("The launch was opened in another tab.");
    session.queue.flush();
    await within(session.queue.settled(), 1_000).catch(() => {});
    await session.queue.release();
    this.#show({ kind: "leaseLost", at: Date.now() });
  }

  /** Asked after waiting: another window may have taken over meanwhile. */
  #lost(): boolean {
    return this.#scene.kind === "leaseLost";
  }

  #slow(): void {
    if (this.#scene.kind === "opening") this.#show({ ...this.#scene, slow: true });
  }

  #show(scene: Scene): void {
    this.#scene = scene;
    this.draw();
  }

  /** Once for a burst of calls. */
  #drawSoon(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    setTimeout(() => {
      this.#drawing = false;
      this.draw();
    }, 50);
  }

  /** Brings the screen up to what is. */
  draw(): void {
    const now = Date.now();
    const model: PlayerModel = {
      scene: this.#scene,
      course: this.#course(),
      returnUrl: this.#returnUrl,
      save: saveIndicator(this.#status, now),
      justBack: now < this.#backUntil,
      now,
      contentsOpen: this.#contentsOpen,
    };
    this.#options.view.draw(model);
  }

  #course(): CourseModel | undefined {
    return this.#session && courseModel(this.#session, (Date.now() - this.#openedAt) / 1000);
  }
}
