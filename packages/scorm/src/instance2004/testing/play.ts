import type { CourseOutline } from "../../course/course-outline.ts";
import type { JournalCall } from "../../journal/journal-call.ts";
import type { Instance2004State } from "../instance-state.ts";
import type { Launch2004Context } from "../launch-context.ts";
import { Scorm2004Api } from "../scorm2004-api.ts";
import type { TestSequencer } from "./sequencer.ts";

/** A launch in a player, whose every question is answered at once. */
export class Play {
  readonly api: Scorm2004Api;
  readonly calls: JournalCall[] = [];
  readonly #launch: string;
  readonly #sequencer: TestSequencer;

  constructor(outline: CourseOutline, launch: Launch2004Context, state: Instance2004State, sequencer: TestSequencer) {
    let now = 1_700_000_000_000;
    this.#launch = launch.id;
    this.#sequencer = sequencer;
    this.api = new Scorm2004Api(
      outline,
      launch,
      state,
      (call) => this.calls.push({ ...call, seq: this.calls.length + 1, at: now }),
      () => ({ now: now++, random: () => 0 }),
    );
  }

  /** Asks, and takes the answer. */
  navigate(element: string, target = ""): void {
    this.api.navigate(element, target);
    this.hear();
  }

  /** Takes the answer to what is unanswered. */
  hear(): void {
    const { unanswered } = this.api.state();
    if (unanswered !== undefined) this.api.take(this.#sequencer.ask(this.#launch, unanswered));
  }
}
