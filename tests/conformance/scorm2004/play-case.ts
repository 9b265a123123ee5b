import type { ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import { navigationAfterTerminate } from "@coursemesh/scorm/sequencing/navigation-after-terminate.ts";
import { controlStates } from "@coursemesh/scorm/sequencing/player-controls.ts";
import type { NavigationRequest } from "@coursemesh/scorm/sequencing/request.ts";
import type { FailedStep } from "../suite-result.ts";
import type { Case, CaseLaunch, CaseQuestion } from "./case-form.ts";
import { type CaseNote, caseNotes } from "./case-notes.ts";
import { type Learner, Registration } from "./learning-system.ts";
import { makeCall } from "./make-call.ts";

/** How a case went. */
export interface Playing {
  readonly steps: number;
  readonly failures: readonly FailedStep[];
  readonly disputed: readonly FailedStep[];
}

/** Plays one case against the core in process; `packages` are its course or courses, by name, the first one launched first. */
export function playCase(played: Case, packages: ReadonlyMap<string, ActivityTree>, learner: Learner): Playing {
  const player = new CasePlayer(played, packages, learner);
  player.play();
  return player;
}

class CasePlayer implements Playing {
  steps = 0;
  readonly failures: FailedStep[] = [];
  readonly disputed: FailedStep[] = [];
  readonly #case: Case;
  readonly #registrations: ReadonlyMap<string, Registration>;
  #registration: Registration;

  constructor(played: Case, packages: ReadonlyMap<string, ActivityTree>, learner: Learner) {
    this.#case = played;
    let seconds = 0;
    const environment = {
      get now() {
        seconds += 1;
        return Date.UTC(2026, 0, 1) + seconds * 1000;
      },
      random: () => 0.5,
    };
    this.#registrations = new Map(
      [...packages].map(([name, tree]) => [name, new Registration(tree, learner, environment)]),
    );
    const [first] = this.#registrations.values();
    if (first === undefined) throw new Error(`${played.name} has no package`);
    this.#registration = first;
  }

  get #note(): CaseNote | undefined {
    return caseNotes[this.#case.name];
  }

  play(): void {
    this.#registration.launch();
    const { start, launches } = this.#case;
    // A course without flow shows its table of contents first; "." leaves open what the tester chooses there.
    if (this.#registration.running === undefined) {
      if (start === ".") this.#chooseNumber(launches[0]?.activity ?? "");
      else this.#choose(start);
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
      this.#leave(this.#note?.tester?.[at + 1] ?? launch.then, launches[at + 1]);
    }
    const last = launches.at(-1)?.then ?? "";
    if (this.#case.end === "endUserInter" || /^(AutoTest|HasEnded|ChoiceExit|TRIGExitAll)/.test(last)) {
      this.#compare("the session after the last launch", false, this.#registration.isOpen);
    }
  }

  #isDelivered({ activity, visit }: CaseLaunch, at: number): boolean {
    const { running, lastEffect } = this.#registration;
    const call = `launch ${at + 1}`;
    const href = this.#registration.session.course.byIdentifier.get(running?.delivery.activity ?? "")?.definition;
    const act = /[?&]act=(\w+)/.exec(href?.resource?.href ?? "")?.[1];
    if (running === undefined || act !== activity) {
      const got = running === undefined ? `nothing (${JSON.stringify(lastEffect)})` : `activity ${act}`;
      this.#fail(call, `activity ${activity}`, got);
      return false;
    }
    const visits = this.#registration.visits.get(running.delivery.activity);
    if (visits !== visit) {
      this.disputed.push({
        call,
        expected: `visit ${visit}`,
        got: `visit ${visits}`,
        why: this.#note?.reason ?? "the number of deliveries",
      });
    }
    this.steps += 1;
    return true;
  }

  #runSco({ calls }: CaseLaunch, at: number): void {
    const { running } = this.#registration;
    if (running === undefined) return;
    for (const [index, call] of calls.entries()) {
      this.steps += 1;
      const failure = makeCall(running, call);
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
    const { running, session } = this.#registration;
    if (running === undefined) return false;
    if (device === "continue" || device === "previous") {
      // A control that is not there cannot be used either: "disabled" holds for it.
      return (controlStates(session, running.valid)[device] === "enabled") === (state === "enabled");
    }
    if (target !== undefined) return running.valid.choice(this.#identifierOf(target));
    // The table of contents as a whole: whether anything else can be chosen in it.
    return session.course.activities.some(
      ({ identifier }) => identifier !== running.delivery.activity && running.valid.choice(identifier),
    );
  }

  /** What follows a launch: the learner's control, or the request of the SCO; then a new launch where the tester leaves and comes back. */
  #leave(word: string, next: CaseLaunch | undefined): void {
    const registration = this.#registration;
    const byLearner = this.#learnersRequest(word);
    const sco = registration.running?.sco;
    if (sco?.phase === "running") sco.terminate("");
    const report = sco?.report();
    registration.navigate(navigationAfterTerminate(report?.exit ?? "", sco?.navigationRequest(), byLearner));
    if (word === "RootSX4b")
      registration.navigate({ type: "choice", target: registration.session.course.root.identifier });
    if (/^(HasEnded|AutoTest)/.test(word)) this.#compare(`${word}: session open`, false, registration.isOpen);
    if (next === undefined || !/launch|^DMBx|^ExitCM|^ContinueExit/i.test(word)) return;
    const [, target] = word.split("~");
    if (/^(auto|re)/i.test(word))
      this.#compare(`${word}: session open`, false, registration.isOpen && !/^Relaunch/.test(word));
    if (registration.isOpen) registration.navigate({ type: "exitAll" });
    const named = target ?? /DDM[ab]$/.exec(word)?.[0];
    this.#registration = (named === undefined ? undefined : this.#registrations.get(named)) ?? registration;
    this.#registration.launch();
    // A course without flow shows its table of contents; the case does not say what the tester opens, only what must run then.
    if (this.#registration.running === undefined && this.#registration.lastEffect?.type !== "endSession") {
      this.#chooseNumber(next.activity);
    }
  }

  #learnersRequest(then: string): NavigationRequest | undefined {
    const [word = "", target = ""] = then.split("~");
    const test = /^(DMI|API)t(\d)$/.exec(word);
    if (test) {
      const title = `${test[1] === "DMI" ? "Data Model" : "API"} Implementation Test ${test[2]}`;
      return { type: "choice", target: this.#identifierOf(title) };
    }
    if (word === "Choice" || word === "ChoiceExit") return { type: "choice", target: this.#identifierOf(target) };
    if (word.startsWith("Continue")) return { type: "continue" };
    if (word === "Previous") return { type: "previous" };
    if (word.startsWith("Exit") || word === "TRIGExitAll" || word.startsWith("exitlaunch")) return { type: "exitAll" };
    return undefined;
  }

  #choose(title: string): void {
    this.#registration.navigate({ type: "choice", target: this.#identifierOf(title) });
  }

  #chooseNumber(number: string): void {
    const chosen = this.#registration.session.course.activities.find(({ definition }) =>
      definition.resource?.href.match(new RegExp(`[?&]act=${number}(&|$)`)),
    );
    if (chosen !== undefined) this.#registration.navigate({ type: "choice", target: chosen.identifier });
  }

  #identifierOf(title: string): string {
    const { course } = this.#registration.session;
    if (title.startsWith("the activity that corresponds to the root")) return course.root.identifier;
    const found = course.activities.find(({ definition }) => definition.title === title);
    return found?.identifier ?? title;
  }

  #compare(call: string, expected: unknown, got: unknown): void {
    this.steps += 1;
    if (expected !== got) this.#fail(call, String(expected), String(got));
  }

  #fail(call: string, expected: string, got: string): void {
    this.failures.push({ call, expected, got, why: this.#case.about });
  }
}
