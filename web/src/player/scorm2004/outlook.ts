import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type { CourseResult } from "@coursemesh/scorm/course/roll-up.ts";
import { courseResult2004 } from "@coursemesh/scorm/instance2004/course-result.ts";
import { attemptIn, type Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import { runningCourse } from "@coursemesh/scorm/instance2004/running-course.ts";
import { type Draft, type Environment, sessionOf } from "@coursemesh/scorm/sequencing/draft.ts";
import { controlStates, tableOfContents } from "@coursemesh/scorm/sequencing/player-controls.ts";
import { ValidNavigation } from "@coursemesh/scorm/sequencing/valid-navigation.ts";
import type { ContentsEntry } from "../contents/contents-entry.ts";
import type { CourseControls } from "../session/course-session.ts";
import { contentsOfTree } from "./contents-of-tree.ts";

/** What the learner sees of a course at one moment, with what the running activity has reported: worked out when asked for, and once. */
export class Outlook {
  readonly valid: ValidNavigation;
  readonly #outline: CourseOutline;
  readonly #state: Instance2004State;
  readonly #draft: Draft;
  readonly #environment: Environment;
  #contents: readonly ContentsEntry[] | undefined;
  #controls: CourseControls | undefined;
  #result: CourseResult | undefined;

  constructor(outline: CourseOutline, state: Instance2004State, environment: Environment) {
    this.#outline = outline;
    this.#state = state;
    this.#environment = environment;
    this.#draft = { ...runningCourse(outline, state), environment };
    this.valid = new ValidNavigation(sessionOf(this.#draft), environment);
  }

  /** Whether it still shows this state: what a SCO keeps for itself changes nothing here. */
  shows(state: Instance2004State): boolean {
    const before = this.#state;
    if (before.answer !== state.answer || before.current !== state.current) return false;
    if ((before.unanswered === undefined) !== (state.unanswered === undefined)) return false;
    return attemptIn(before.attempts, before.current) === attemptIn(state.attempts, state.current);
  }

  controls(): CourseControls {
    this.#controls ??= controlStates(sessionOf(this.#draft), this.valid);
    return this.#controls;
  }

  contents(): readonly ContentsEntry[] {
    if (this.#contents === undefined) {
      const toc = tableOfContents(sessionOf(this.#draft), this.valid, this.#environment);
      this.#contents = contentsOfTree(toc, this.#draft, this.valid, this.#state);
    }
    return this.#contents;
  }

  result(): CourseResult {
    this.#result ??= courseResult2004(this.#outline, this.#state);
    return this.#result;
  }
}
