import { type JournalStatus, settledStatus } from "../journal/journal-status.ts";
import { courseModel } from "../view/course-model.ts";
import type { PlayerView } from "../view/player-view.ts";
import { quietFor, saveIndicator } from "../view/save-indicator.ts";
import type { CourseSession } from "./course-session.ts";
import type { Notice, Scene } from "./scene.ts";

const patience = 8_000;
/** After that much more, waiting for what comes next is called what it is. */
const lastPatience = 22_000;
const backShownFor = 6_000;

/** What is on the screen now: the scene, and what time and the journal make of it. */
export class Screen {
  readonly view: PlayerView;
  /** Where the learner came from, once the server has said it; also when the launch cannot be opened again. */
  returnUrl = "";
  #session: CourseSession | undefined;
  #scene: Scene = { kind: "opening", title: "", slow: false };
  #notice: Notice | undefined;
  #status: JournalStatus = settledStatus(0);
  #openedAt = 0;
  #backUntil = 0;
  #contentsOpen = matchMedia("(min-width: 900px)").matches;
  #drawing = false;
  #slow: ReturnType<typeof setTimeout> | undefined;

  constructor(view: PlayerView) {
    this.view = view;
    setInterval(() => this.draw(), 1_000);
  }

  get scene(): Scene {
    return this.#scene;
  }

  get status(): JournalStatus {
    return this.#status;
  }

  /** Shows a session from now on, or none. */
  use(session: CourseSession | undefined): void {
    this.#session = session;
    this.#openedAt = Date.now();
    this.#status = session?.queue.status ?? settledStatus(0);
  }

  /** Changes the middle. After eight seconds of waiting it says that this takes long, and later that there is no going on. */
  show(scene: Scene, notice?: Notice): void {
    this.#scene = scene;
    this.#notice = notice;
    clearTimeout(this.#slow);
    if ("slow" in scene && !scene.slow) this.#slow = setTimeout(() => this.show({ ...scene, slow: true }), patience);
    else if (scene.kind === "going" && !scene.stuck)
      this.#slow = setTimeout(() => this.show({ ...scene, stuck: true }), lastPatience);
    this.draw();
  }

  /** Something of the course has arrived. */
  loaded(): void {
    if (this.#scene.kind === "opening") this.show({ kind: "frame" }, this.#notice);
  }

  onStatus(status: JournalStatus): void {
    const trouble = this.#status.trouble !== "none";
    this.#status = status;
    if (trouble && status.trouble === "none" && status.recorded === status.acknowledged)
      this.#backUntil = Date.now() + backShownFor;
    setTimeout(() => this.drawSoon(), quietFor + 10);
    this.drawSoon();
  }

  toggleContents(open = !this.#contentsOpen): void {
    this.#contentsOpen = open;
    this.draw();
  }

  /** Makes room for the course where the contents cover it. */
  uncover(): void {
    if (!this.view.isWide) this.#contentsOpen = false;
  }

  /** Once for a burst of calls. */
  drawSoon(): void {
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
    this.view.draw({
      scene: this.#scene,
      notice: this.#notice,
      course: this.#session && courseModel(this.#session, (now - this.#openedAt) / 1000),
      returnUrl: this.returnUrl,
      save: saveIndicator(this.#status, now),
      justBack: now < this.#backUntil,
      now,
      contentsOpen: this.#contentsOpen,
    });
  }
}
