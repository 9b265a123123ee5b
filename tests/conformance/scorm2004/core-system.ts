import { Api1484_11 } from "@coursemesh/scorm/cmi2004/api-1484-11.ts";
import { type AttemptState, unopenedAttempt } from "@coursemesh/scorm/cmi2004/attempt-state.ts";
import { behaviourOf } from "@coursemesh/scorm/cmi2004/behaviour.ts";
import { openAttempt } from "@coursemesh/scorm/cmi2004/open-attempt.ts";
import { strictPolicy } from "@coursemesh/scorm/cmi2004/policy.ts";
import { ScoSession } from "@coursemesh/scorm/cmi2004/sco-session.ts";
import type { SharedData } from "@coursemesh/scorm/cmi2004/shared-data.ts";
import type { ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import type { Environment } from "@coursemesh/scorm/sequencing/draft.ts";
import type { Effect } from "@coursemesh/scorm/sequencing/effect.ts";
import { navigationAfterTerminate } from "@coursemesh/scorm/sequencing/navigation-after-terminate.ts";
import { controlStates } from "@coursemesh/scorm/sequencing/player-controls.ts";
import type { NavigationRequest } from "@coursemesh/scorm/sequencing/request.ts";
import type { AttemptReport, Delivery } from "@coursemesh/scorm/sequencing/run-time-input.ts";
import {
  openSession,
  prepareCourse,
  type SequencingSession,
  type SequencingState,
  saveSession,
} from "@coursemesh/scorm/sequencing/session.ts";
import { step } from "@coursemesh/scorm/sequencing/step.ts";
import { ValidNavigation } from "@coursemesh/scorm/sequencing/valid-navigation.ts";
import type { FailedStep } from "../suite-result.ts";
import type { CaseCall } from "./case-form.ts";
import type { LearningSystem, RunningSco } from "./learning-system.ts";
import { makeCall } from "./make-call.ts";

/** The core in process: what an LMS keeps between launches, and the activity that is running. */
export class CoreSystem implements LearningSystem {
  running: CoreSco | undefined;
  #session: SequencingSession;
  #lastEffect: Effect | undefined;
  readonly #visits = new Map<string, number>();
  #ownShared: SharedData = {};
  readonly #attempts = new Map<string, AttemptState>();
  readonly #learner: Learner;
  readonly #environment: Environment;

  constructor(tree: ActivityTree, learner: Learner, environment: Environment) {
    this.#session = openSession(prepareCourse(tree));
    this.#learner = learner;
    this.#environment = environment;
  }

  /** The state of its sequencing. */
  get session(): SequencingSession {
    return this.#session;
  }

  get isOpen(): boolean {
    return this.#session.currentActivity !== undefined;
  }

  get lastOutcome(): string {
    return JSON.stringify(this.#lastEffect);
  }

  launch(): void {
    // Stored and read again, as between two requests of a real LMS, with the learner's global objectives put in.
    const state: SequencingState = JSON.parse(JSON.stringify(saveSession(this.#session)));
    const { objectives } = this.#learner;
    const known = Object.fromEntries(this.#session.course.globalObjectives.map((id) => [id, objectives[id] ?? {}]));
    const globalObjectives =
      this.#session.course.tree.objectivesGlobalToSystem === false ? state.globalObjectives : known;
    this.#session = openSession(this.#session.course, { ...state, globalObjectives });
    this.#navigate({ type: this.#session.suspendedActivity === undefined ? "start" : "resumeAll" });
  }

  leave(byLearner: NavigationRequest | undefined): void {
    const sco = this.running?.sco;
    if (sco?.phase === "running") sco.terminate("");
    this.#navigate(navigationAfterTerminate(sco?.report().exit ?? "", sco?.navigationRequest(), byLearner));
  }

  #navigate(navigation: NavigationRequest | undefined): void {
    const { running } = this;
    let report: AttemptReport | undefined;
    if (running !== undefined) {
      const abandoned = navigation?.type === "abandon" || navigation?.type === "abandonAll";
      if (!abandoned) report = running.sco.report();
      const closed = running.sco.close();
      if (!abandoned) {
        this.#attempts.set(running.activity, closed);
        this.#shared = running.sco.shared();
      }
      this.running = undefined;
    }
    const { session, effects } = step(
      this.#session,
      { ...(report && { report }), ...(navigation && { navigation }) },
      this.#environment,
    );
    this.#session = session;
    [this.#lastEffect] = effects;
    this.#keepObjectives();
    if (this.#lastEffect?.type === "endSession" && this.#session.suspendedActivity === undefined) this.#ownShared = {};
    for (const effect of effects) if (effect.type === "deliver") this.#open(effect.delivery);
  }

  /** Texts that activities share: the learner's, or those of this course and its present attempt (`sharedDataGlobalToSystem`). */
  get #shared(): SharedData {
    return this.#session.course.tree.sharedDataGlobalToSystem === false ? this.#ownShared : this.#learner.shared;
  }

  set #shared(shared: SharedData) {
    if (this.#session.course.tree.sharedDataGlobalToSystem === false) this.#ownShared = shared;
    else this.#learner.shared = shared;
  }

  #open(delivery: Delivery): void {
    const { activity } = delivery;
    const definition = this.#session.course.byIdentifier.get(activity)?.definition;
    if (definition === undefined) throw new Error(`no activity ${activity}`);
    const terms = { mode: "normal", credit: "credit", policy: strictPolicy, behaviour: behaviourOf("4th") } as const;
    const valid = new ValidNavigation(this.#session, this.#environment);
    const sco = new ScoSession(openAttempt(this.#attempts.get(activity) ?? unopenedAttempt, delivery, terms), {
      learnerId: "learner",
      learnerName: "Doe, Jane",
      activity: definition,
      shared: this.#shared,
      requestValid: (request, target) => {
        const answer = request === "continue" || request === "previous" ? valid[request]() : valid[request](target);
        return answer ? "true" : "false";
      },
    });
    const visits = (this.#visits.get(activity) ?? 0) + 1;
    this.#visits.set(activity, visits);
    this.running = new CoreSco(activity, visits, sco, this.#session, valid);
  }

  #keepObjectives(): void {
    if (this.#session.course.tree.objectivesGlobalToSystem === false) return;
    Object.assign(this.#learner.objectives, saveSession(this.#session).globalObjectives);
  }
}

class CoreSco implements RunningSco {
  readonly activity: string;
  readonly visits: number;
  readonly sco: ScoSession;
  readonly #api = new Api1484_11(() => {});
  readonly #session: SequencingSession;
  readonly #valid: ValidNavigation;

  constructor(activity: string, visits: number, sco: ScoSession, session: SequencingSession, valid: ValidNavigation) {
    this.activity = activity;
    this.visits = visits;
    this.sco = sco;
    this.#session = session;
    this.#valid = valid;
    this.#api.attach(activity, sco);
  }

  get canContinue(): boolean {
    return controlStates(this.#session, this.#valid).continue === "enabled";
  }

  get canGoBack(): boolean {
    return controlStates(this.#session, this.#valid).previous === "enabled";
  }

  canChoose(activity: string): boolean {
    return this.#valid.choice(activity);
  }

  call(call: CaseCall): FailedStep | undefined {
    return makeCall(this.#api, call);
  }
}

/** What a learner takes from course to course. */
export interface Learner {
  objectives: Record<string, SequencingState["globalObjectives"][string]>;
  shared: SharedData;
}
