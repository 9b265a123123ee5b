import type { CourseSession } from "../session/course-session.ts";
import type { Screen } from "../session/screen.ts";
import { FrameStage } from "./frame-stage.ts";
import type { Stage, StageEvents } from "./stage.ts";
import { WindowStage } from "./window-stage.ts";

/** The stage that a course is shown on, a frame or a window of its own, and what the screen says about it. */
export class CourseStage {
  readonly #screen: Screen;
  readonly #onClosed: (session: CourseSession) => void;
  #stage: Stage | undefined;

  /** `onClosed` hears that the course's own window was closed. */
  constructor(screen: Screen, onClosed: (session: CourseSession) => void) {
    this.#screen = screen;
    this.#onClosed = onClosed;
  }

  /** Shows the session's activity; `focus` takes the keyboard there. */
  present(session: CourseSession, focus: boolean): void {
    const title = session.titleOf(session.activity);
    this.#stage ??= this.#newStage(session);
    const inFrame = session.settings.target === "frame";
    if (inFrame) this.#screen.show({ kind: "opening", title, slow: false });
    const opened = this.#stage.open(session.addressOf(session.activity), title);
    if (!inFrame) this.#screen.show(opened ? { kind: "window", title, open: true } : { kind: "popUpBlocked" });
    if (focus && inFrame) this.#stage.focus();
  }

  /** Takes content away and resolves when it has said its last words. */
  async leave(): Promise<void> {
    await this.#stage?.leave();
  }

  focus(): void {
    this.#stage?.focus();
  }

  /** Takes the stage away for good. */
  drop(): void {
    this.#stage?.dispose();
    this.#stage = undefined;
  }

  #newStage(session: CourseSession): Stage {
    const { view } = this.#screen;
    const events: StageEvents = {
      onLoaded: () => this.#screen.loaded(),
      onClosed: () => this.#onClosed(session),
      onKey: (event) => view.onKey(event),
    };
    return session.settings.target === "window"
      ? new WindowStage(events, session.settings)
      : new FrameStage(view.place, view.frameTitle, events);
  }
}
