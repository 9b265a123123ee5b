import type { CallStore } from "../journal/call-store.ts";
import { deliverLeftOver } from "../journal/deliver-left-over.ts";
import type { LaunchApi } from "../protocol/launch-api.ts";
import { LaunchError } from "../protocol/launch-error.ts";
import { webAddress } from "../settings.ts";
import { CourseStage } from "../stage/course-stage.ts";
import type { PlayerView } from "../view/player-view.ts";
import type { CourseSession, OfferedApi } from "./course-session.ts";
import type { PlayerNudge } from "./nudge-parent.ts";
import { openCourseSession } from "./open-course-session.ts";
import { openPatiently, within } from "./open-patiently.ts";
import { refusalOf } from "./refusal.ts";
import { isPlaying } from "./scene.ts";
import { Screen } from "./screen.ts";
import { supportDetails } from "./support-details.ts";
import { TabChannel } from "./tab-channel.ts";
import type { LearnerRequest, Turn } from "./turn.ts";

/** What a player works with. */
export interface PlayerOptions {
  /** The launch's address, `/l/<token>/`. */
  readonly base: string;
  readonly store: CallStore;
  readonly connect: (base: string) => LaunchApi;
  readonly view: PlayerView;
  /** Puts the API where content looks for it. */
  readonly offerApi: (api: OfferedApi) => void;
  /** Lets a page around the player know what was saved and when the learner has left. */
  readonly nudge: (nudge: PlayerNudge) => void;
}

const leftOverWithin = 5_000;
const settleWithin = 4_000;
const quietlyWithin = 200;
/** Milliseconds in which a finished activity may still go away by itself. */
const hintAfter = 500;

const leaving: ReadonlySet<LearnerRequest["type"]> = new Set(["exitAll", "suspendAll", "abandonAll"]);

/** The player: brings launch, content, journal and screen together. One thing happens at a time; what is asked meanwhile is not heard. */
export class Player {
  readonly #options: PlayerOptions;
  readonly #api: LaunchApi;
  readonly #tabs: TabChannel;
  readonly #screen: Screen;
  readonly #stage: CourseStage;
  #session: CourseSession | undefined;
  #busy = false;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#api = options.connect(options.base);
    this.#screen = new Screen(options.view);
    this.#stage = new CourseStage(this.#screen, (session) => {
      if (session === this.#session) void this.ask({ type: "closed" });
    });
    this.#tabs = new TabChannel(
      (base) => base === options.base && this.#session !== undefined && this.#giveWay(),
      (registration) => {
        if (registration === this.#session?.opened.launch.registrationId) this.#session.queue.check();
      },
    );
  }

  get session(): CourseSession | undefined {
    return this.#session;
  }

  /**
   * Opens the launch and the activity to begin with. `takeLease` when the learner asked to continue here, `again` when they want to open a
   * course that they have left.
   */
  async start({ takeLease = false, again = false } = {}): Promise<void> {
    const { base, store, connect, offerApi } = this.#options;
    const screen = this.#screen;
    this.#session?.queue.stop();
    this.#session = undefined;
    this.#busy = false;
    screen.use(undefined);
    screen.show({ kind: "opening", title: "", slow: false });
    try {
      await Promise.all([
        this.#tabs.claim(base),
        within(deliverLeftOver(store, base, connect), leftOverWithin).catch(() => {}),
      ]);
      const opened = await openPatiently(() => this.#api.open(takeLease));
      const found = await store.load(base).catch(() => []);
      const session: CourseSession = await openCourseSession(base, opened, found, this.#api, store, {
        onStatus: (status) => {
          if (status.acknowledged > screen.status.acknowledged)
            this.#options.nudge({ type: "coursemesh.saved", seq: status.acknowledged });
          screen.onStatus(status);
        },
        onRefused: (error) => void this.#onRefused(session, error),
        onCall: (method) => {
          // A course that calls is there, even if one of its pictures is still on its way.
          if (method !== "Navigate") screen.loaded();
          if (method === "Terminate") setTimeout(() => this.#hintWhenFinished(session), hintAfter);
          screen.drawSoon();
        },
        onTurn: (turn) => void this.#onContentTurn(session, turn),
      });
      this.#session = session;
      screen.use(session);
      screen.returnUrl = webAddress(opened.returnUrl);
      offerApi(session.api);
      this.#tabs.announceOpened(opened.launch.registrationId);
      this.#options.view.useLanguage(opened.locale);
      await this.#begin(session, again);
    } catch (error) {
      if (!(error instanceof LaunchError)) throw error;
      screen.show(
        error.leaseLost ? { kind: "leaseLost", at: Date.now() } : { kind: "refused", refusal: refusalOf(error, again) },
      );
    }
  }

  /** Asks the course session for something, takes content off the stage for it, and carries out what follows. */
  async ask(request: LearnerRequest): Promise<void> {
    const session = this.#session;
    if (!session || this.#busy || !isPlaying(this.#screen.scene) || !session.may(request)) return;
    this.#busy = true;
    const leaves = leaving.has(request.type);
    const unload = async () => {
      await this.#stage.leave();
      if (!this.#isAlive(session)) return false;
      if (leaves) this.#stage.drop();
      this.#screen.uncover();
      this.#showWaiting(session, leaves);
      return true;
    };
    const turn = await session.request(request, unload);
    if (!this.#isAlive(session)) return;
    this.#busy = false;
    if (turn !== undefined) await this.#carryOut(session, turn, true);
  }

  /** Leaves the course in the way that this course has: content away, everything saved, launch closed, then the way out. */
  leave(): void {
    const { opened, reviewing } = this.#session ?? {};
    const suspends = opened?.outline.standard === "scorm2004" && !reviewing;
    void this.ask({ type: suspends ? "suspendAll" : "exitAll" });
  }

  /** Opens the course's window again, by a click that the browser lets pass. */
  openCourse(): void {
    const session = this.#session;
    if (!session) return;
    const { scene } = this.#screen;
    if (scene.kind === "window" && scene.open) this.#stage.focus();
    else if (session.activity !== "") this.#stage.present(session, true);
    else void this.ask({ type: "goOn" });
  }

  /** Opening failed or takes long: begins again with what there is. */
  retry(): void {
    if (this.#session && this.#session.activity !== "") void this.ask({ type: "goOn" });
    else void this.start();
  }

  /** The learner gives up a window that lost its lease. */
  async close(): Promise<void> {
    await this.#stage.leave();
    this.#stage.drop();
    if (this.#screen.returnUrl !== "") location.assign(this.#screen.returnUrl);
    else {
      this.#screen.show({ kind: "closed" });
      window.close();
    }
  }

  /** The page is gone for good: a course in its own window would go on without anybody to save it. */
  leavePage(): void {
    if (this.#session?.settings.target === "window") this.#stage.drop();
  }

  /** Whether closing the window now would lose something that is neither on the server nor on the device. */
  get wouldLose(): boolean {
    const { trouble, kept } = this.#screen.status;
    return trouble !== "none" && !kept;
  }

  /** Sends what waits, after trouble or because the network came back. */
  tryNow(): void {
    const { trouble, recorded, acknowledged } = this.#screen.status;
    if (trouble === "none" && recorded === acknowledged) this.#session?.queue.check();
    else this.#session?.queue.flush();
  }

  toggleContents(open?: boolean): void {
    this.#screen.toggleContents(open);
  }

  /** What support needs, for the clipboard. */
  details(): string {
    return supportDetails(this.#session?.opened.launch.id ?? "", this.#screen.status);
  }

  async #begin(session: CourseSession, again: boolean): Promise<void> {
    await this.#stage.leave();
    this.#stage.drop();
    const turn = await session.begin(again);
    if (turn !== undefined && this.#isAlive(session)) await this.#carryOut(session, turn, false);
  }

  /** Content asked for something with its last call; it stays on the stage until it is known what follows. */
  async #onContentTurn(session: CourseSession, pending: Promise<Turn | undefined>): Promise<void> {
    if (this.#busy || !this.#isAlive(session)) return;
    this.#busy = true;
    const { scene } = this.#screen;
    this.#showWaiting(session, false);
    const turn = await pending;
    if (!this.#isAlive(session)) return;
    this.#busy = false;
    if (turn === undefined) return;
    if (turn.kind === "refused") return this.#screen.show(scene, { kind: "notPossible", reason: turn.reason });
    await this.#stage.leave();
    if (this.#isAlive(session)) await this.#carryOut(session, turn, true);
  }

  async #carryOut(session: CourseSession, turn: Turn, asked: boolean): Promise<void> {
    const screen = this.#screen;
    const title = session.titleOf(session.activity);
    switch (turn.kind) {
      case "deliver":
        screen.uncover();
        return this.#stage.present(session, asked);
      case "nothing":
        return screen.show({ kind: "nothing", reason: turn.reason });
      case "refused":
        return screen.show({ kind: "notPossible", reason: turn.reason, title });
      case "windowClosed":
        return screen.show({ kind: "window", title, open: false });
      case "left":
        this.#stage.drop();
        session.queue.stop();
        await within(this.#api.close(), settleWithin).catch(() => {});
        this.#options.nudge({ type: "coursemesh.closed" });
        this.#wayOut(session, turn.how);
    }
  }

  /** Content that has finished and stays where it is looks as if it would go on by itself. */
  #hintWhenFinished(session: CourseSession): void {
    const { scene } = this.#screen;
    const onStage = scene.kind === "frame" || scene.kind === "window";
    if (this.#busy || !onStage || !this.#isAlive(session) || !session.partFinished) return;
    const listed = session.hasContents && session.settings.showContents;
    const by = session.controls().continue === "enabled" ? "next" : listed ? "contents" : "leaving";
    this.#screen.show(scene, { kind: "partFinished", by });
  }

  /** Says what goes on until something else is shown: at once when the learner leaves, otherwise after a moment. */
  #showWaiting(session: CourseSession, leaves: boolean): void {
    const screen = this.#screen;
    if (leaves) screen.show({ kind: "leaving" });
    const shown = screen.scene;
    setTimeout(
      () => {
        if (!this.#busy || !this.#isAlive(session) || screen.scene !== shown) return;
        screen.show(
          leaves ? { kind: "unsaved", kept: screen.status.kept } : { kind: "going", slow: false, stuck: false },
        );
      },
      leaves ? settleWithin : quietlyWithin,
    );
  }

  #wayOut(session: CourseSession, how: "ended" | "suspended"): void {
    const { settings, reviewing } = session;
    const { savedAt } = this.#screen.status;
    this.#screen.show({ kind: "ended", how, result: session.result(), savedAt, reviewed: reviewing });
    if (settings.exitPage === "close_window") window.close();
    else if (settings.exitPage === "return_url" && this.#screen.returnUrl !== "")
      location.assign(this.#screen.returnUrl);
  }

  async #onRefused(session: CourseSession, error: LaunchError): Promise<void> {
    session.refuse(error.message);
    await session.queue.discard();
    if (error.leaseLost) return this.#screen.show({ kind: "leaseLost", at: Date.now() });
    await this.#stage.leave();
    this.#screen.show({ kind: "refused", refusal: refusalOf(error) });
  }

  /** Another tab opens this very launch: stop, and let it have what is not on the server yet. */
  async #giveWay(): Promise<void> {
    const session = this.#session;
    const { kind } = this.#screen.scene;
    if (!session || kind === "leaseLost" || kind === "ended") return;
    session.refuse("The launch was opened in another tab.");
    session.queue.flush();
    await within(session.queue.settled(), 1_000).catch(() => {});
    await session.queue.release();
    this.#screen.show({ kind: "leaseLost", at: Date.now() });
  }

  /** Asked after waiting: another window may have taken over meanwhile. */
  #isAlive(session: CourseSession): boolean {
    const { kind } = this.#screen.scene;
    return session === this.#session && kind !== "leaseLost" && kind !== "refused";
  }
}
