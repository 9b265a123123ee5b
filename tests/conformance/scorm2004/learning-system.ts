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

/** One learner's registration for one course, in memory: what an LMS keeps between launches, and the activity that is running. */
export class Registration {
  session: SequencingSession;
  /** The activity that runs, absent when none does. */
  running:
    | {
        readonly delivery: Delivery;
        readonly api: Api1484_11;
        readonly sco: ScoSession;
        readonly valid: ValidNavigation;
      }
    | undefined;
  lastEffect: Effect | undefined;
  readonly visits = new Map<string, number>();
  #ownShared: SharedData = {};
  readonly #attempts = new Map<string, AttemptState>();
  readonly #learner: Learner;
  readonly #environment: Environment;

  constructor(tree: ActivityTree, learner: Learner, environment: Environment) {
    this.session = openSession(prepareCourse(tree));
    this.#learner = learner;
    this.#environment = environment;
  }

  /** Whether a sequencing session is under way. */
  get isOpen(): boolean {
    return this.session.currentActivity !== undefined;
  }

  /** Launches the course: resumes what was suspended, otherwise starts. */
  launch(): void {
    // Stored and read again, as between two requests of a real LMS, with the learner's global objectives put in.
    const state: SequencingState = JSON.parse(JSON.stringify(saveSession(this.session)));
    const { objectives } = this.#learner;
    const known = Object.fromEntries(this.session.course.globalObjectives.map((id) => [id, objectives[id] ?? {}]));
    const globalObjectives =
      this.session.course.tree.objectivesGlobalToSystem === false ? state.globalObjectives : known;
    this.session = openSession(this.session.course, { ...state, globalObjectives });
    this.navigate({ type: this.session.suspendedActivity === undefined ? "start" : "resumeAll" });
  }

  /** Ends the activity that runs and carries out a request; without a request only its data is taken over. */
  navigate(navigation: NavigationRequest | undefined): void {
    const { running } = this;
    let report: AttemptReport | undefined;
    if (running !== undefined) {
      const abandoned = navigation?.type === "abandon" || navigation?.type === "abandonAll";
      if (!abandoned) report = running.sco.report();
      const closed = running.sco.close();
      if (!abandoned) {
        this.#attempts.set(running.delivery.activity, closed);
        this.#shared = running.sco.shared();
      }
      this.running = undefined;
    }
    const { session, effects } = step(
      this.session,
      { ...(report && { report }), ...(navigation && { navigation }) },
      this.#environment,
    );
    this.session = session;
    [this.lastEffect] = effects;
    this.#keepObjectives();
    if (this.lastEffect?.type === "endSession" && this.session.suspendedActivity === undefined) this.#ownShared = {};
    for (const effect of effects) if (effect.type === "deliver") this.#open(effect.delivery);
  }

  /** Texts that activities share: the learner's, or those of this course and its present attempt (`sharedDataGlobalToSystem`). */
  get #shared(): SharedData {
    return this.session.course.tree.sharedDataGlobalToSystem === false ? this.#ownShared : this.#learner.shared;
  }

  set #shared(shared: SharedData) {
    if (this.session.course.tree.sharedDataGlobalToSystem === false) this.#ownShared = shared;
    else this.#learner.shared = shared;
  }

  #open(delivery: Delivery): void {
    const definition = this.session.course.byIdentifier.get(delivery.activity)?.definition;
    if (definition === undefined) throw new Error(`no activity ${delivery.activity}`);
    const terms = { mode: "normal", credit: "credit", policy: strictPolicy, behaviour: behaviourOf("4th") } as const;
    const valid = new ValidNavigation(this.session, this.#environment);
    const sco = new ScoSession(openAttempt(this.#attempts.get(delivery.activity) ?? unopenedAttempt, delivery, terms), {
      learnerId: "learner",
      learnerName: "Doe, Jane",
      activity: definition,
      shared: this.#shared,
      requestValid: (request, target) => {
        const answer = request === "continue" || request === "previous" ? valid[request]() : valid[request](target);
        return answer ? "true" : "false";
      },
    });
    this.visits.set(delivery.activity, (this.visits.get(delivery.activity) ?? 0) + 1);
    const api = new Api1484_11(() => {});
    api.attach(delivery.activity, sco);
    this.running = { delivery, api, sco, valid };
  }

  #keepObjectives(): void {
    if (this.session.course.tree.objectivesGlobalToSystem === false) return;
    Object.assign(this.#learner.objectives, saveSession(this.session).globalObjectives);
  }
}

/** What a learner takes from course to course. */
export interface Learner {
  objectives: Record<string, SequencingState["globalObjectives"][string]>;
  shared: SharedData;
}
