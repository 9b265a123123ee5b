import type { ActivityDefinition, ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import type { NavigationRequest } from "@coursemesh/scorm/sequencing/request.ts";
import type { FailedStep } from "../suite-result.ts";
import type { Case, CaseLaunch, CaseQuestion } from "./case-form.ts";
import { type CaseNote, caseNotes } from "./case-notes.ts";
import type { LearningSystem, RunningSco } from "./learning-system.ts";
import { endsSession, type TesterControl, testerAct } from "./tester-act.ts";

/** How a case went. */
export interface Playing {
  readonly steps: number;
  readonly failures: readonly FailedStep[];
  readonly disputed: readonly FailedStep[];
}

/** One course of a case, registered with a learning system. */
export interface CaseCourse {
  readonly tree: ActivityTree;
  readonly system: LearningSystem;
}

/** Plays one case against a learning system; `courses` are its course or courses, by name, the first one launched first. */
export function playCase(played: Case, courses: ReadonlyMap<string, CaseCourse>): Playing {
  const player = new CasePlayer(played, courses);
  player.play();
  return player;
}

class CasePlayer implements Playing {
  steps = 0;
  readonly failures: FailedStep[] = [];
  readonly disputed: FailedStep[] = [];
  readonly #case: Case;
  readonly #courses: ReadonlyMap<string, CaseCourse>;
  #course: CaseCourse;

  constructor(played: Case, courses: ReadonlyMap<string, CaseCourse>) {
    this.#case = played;
    this.#courses = courses;
    const [first] = courses.values();
    if (first === undefined) throw new Error(`${played.name} has no package`);
    this.#course = first;
  }

  get #system(): LearningSystem {
    return this.#course.system;
  }

  get #note(): CaseNote | undefined {
    return caseNotes[this.#case.name];
  }

  play(): void {
    this.#system.launch();
    const { start, launches } = this.#case;
    // A course without flow shows its table of contents first; "." leaves open what the tester chooses there.
    if (this.#system.running === undefined) {
      if (start === ".") this.#chooseNumber(launches[0]?.activity ?? "");
      else this.#choose(this.#identifierOf(start));
    }
    for (const [at, launch] of launches.entries()) {
      if (at + 1 === this.#note?.leftOut) {
        const expected = `activity ${launch.activity}`;
        this.disputed.push({ call: `launch ${at + 1}`, expected, got: "left out", why: this.#note.reason });
        continue;
      }
      if (!this.#isDelivered(launch, at)) return;
      this.#answerQuestions(launch);
      this.#runSco(launch, at);
      this.#leave(launch.then, launches[at + 1]);
    }
    if (endsSession(this.#case)) {
      this.#compare("the session after the last launch", false, this.#system.isOpen);
    }
  }

  #isDelivered({ activity, visit }: CaseLaunch, at: number): boolean {
    const { running, lastOutcome } = this.#system;
    const call = `launch ${at + 1}`;
    const act = this.#numberOf(running);
    if (running === undefined || act !== activity) {
      this.#fail(call, `activity ${activity}`, running === undefined ? `nothing (${lastOutcome})` : `activity ${act}`);
      return false;
    }
    if (running.visits !== visit) {
      const why = this.#note?.reason ?? "the number of deliveries";
      this.disputed.push({ call, expected: `visit ${visit}`, got: `visit ${running.visits}`, why });
    }
    this.steps += 1;
    return true;
  }

  #runSco({ calls }: CaseLaunch, at: number): void {
    const { running } = this.#system;
    for (const [index, call] of calls.entries()) {
      this.steps += 1;
      const failure = running?.call(call);
      if (failure !== undefined)
        this.failures.push({ ...failure, call: `launch ${at + 1} call ${index + 1} ${failure.call}` });
    }
  }

  #answerQuestions({ ui }: CaseLaunch): void {
    for (const question of ui) {
      const name = `${question.device} ${question.target ?? ""} ${question.state}`;
      this.#compare(name, question.expect, this.#answer(question));
    }
  }

  #answer({ device, state, target }: CaseQuestion): boolean {
    const { running } = this.#system;
    if (running === undefined) return false;
    if (device === "continue") return running.canContinue === (state === "enabled");
    if (device === "previous") return running.canGoBack === (state === "enabled");
    if (target !== undefined) return running.canChoose(this.#identifierOf(target));
    // The table of contents as a whole: whether anything else can be chosen in it.
    return this.#activities().some(
      ({ identifier }) => identifier !== running.activity && running.canChoose(identifier),
    );
  }

  /** What follows a launch: the learner's control, or the request of the SCO; then a new launch where the tester leaves and comes back. */
  #leave(word: string, next: CaseLaunch | undefined): void {
    const tester = testerAct(word);
    this.#system.leave(this.#requestOf(tester.control));
    if (tester.thenRoot) this.#choose(this.#course.tree.root.identifier);
    if (tester.over) this.#compare(`${word}: session open`, false, this.#system.isOpen);
    if (next === undefined || tester.relaunch === undefined) return;
    if (this.#system.isOpen) this.#system.leave({ type: "exitAll" });
    this.#course = this.#courses.get(tester.relaunch.package) ?? this.#course;
    this.#system.launch();
    // A course without flow shows its table of contents; the case does not say what the tester opens, only what must run then.
    if (this.#system.running === undefined) this.#chooseNumber(next.activity);
  }

  #requestOf(control: TesterControl | undefined): NavigationRequest | undefined {
    return control?.type === "choice" ? { type: "choice", target: this.#identifierOf(control.title) } : control;
  }

  #choose(identifier: string): void {
    this.#system.leave({ type: "choice", target: identifier });
  }

  #chooseNumber(number: string): void {
    const chosen = this.#activities().find(({ resource }) => numberIn(resource?.href) === number);
    if (chosen !== undefined) this.#choose(chosen.identifier);
  }

  #numberOf(running: RunningSco | undefined): string | undefined {
    return numberIn(this.#activities().find(({ identifier }) => identifier === running?.activity)?.resource?.href);
  }

  #identifierOf(title: string): string {
    const { root } = this.#course.tree;
    if (title.startsWith("the activity that corresponds to the root")) return root.identifier;
    return this.#activities().find((activity) => activity.title === title)?.identifier ?? title;
  }

  #activities(): ActivityDefinition[] {
    return withDescendants(this.#course.tree.root);
  }

  #compare(call: string, expected: unknown, got: unknown): void {
    this.steps += 1;
    if (expected !== got) this.#fail(call, String(expected), String(got));
  }

  #fail(call: string, expected: string, got: string): void {
    this.failures.push({ call, expected, got, why: this.#case.about });
  }
}

function withDescendants(activity: ActivityDefinition): ActivityDefinition[] {
  return [activity, ...(activity.children ?? []).flatMap(withDescendants)];
}

/** Number of an activity of the cases, from the address of its page. */
function numberIn(href: string | undefined): string | undefined {
  return /[?&]act=(\w+)/.exec(href ?? "")?.[1];
}
