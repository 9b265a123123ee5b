import { type AttemptState, isOpen, unopenedAttempt } from "../cmi2004/attempt-state.ts";
import { behaviourOf } from "../cmi2004/behaviour.ts";
import { openAttempt } from "../cmi2004/open-attempt.ts";
import { ScoSession } from "../cmi2004/sco-session.ts";
import type { SharedData } from "../cmi2004/shared-data.ts";
import type { CourseOutline } from "../course/course-outline.ts";
import type { ActivityIndex } from "../sequencing/activity-index.ts";
import type { Environment } from "../sequencing/draft.ts";
import type { NavigationRequest } from "../sequencing/request.ts";
import type { Delivery } from "../sequencing/run-time-input.ts";
import { ValidNavigation } from "../sequencing/valid-navigation.ts";
import { achievedBy } from "./course-result.ts";
import { type Achieved, attemptIn, type Instance2004State, type UnansweredStep } from "./instance-state.ts";
import type { Launch2004Context } from "./launch-context.ts";
import { CLOSED, navigationOf } from "./navigation-of.ts";
import { preparedCourse, sessionIn } from "./prepared-course.ts";
import type { SequencingAnswer } from "./sequencing-answer.ts";

/** A fold asks nothing that depends on the moment. */
const still = (): Environment => ({ now: 0, random: () => 0 });

/**
 * One instance of a SCORM 2004 course while a launch runs. The player's API and the server's fold both drive this class, so they cannot
 * disagree. It carries out nothing by itself: what is delivered, sequencing says in an answer.
 *
 * A `Navigate` ends the SCO's session, as closed when it still runs, and nothing happens until it is answered. A refusal leaves the activity
 * where it was, without a session. After a Terminate alone the session stays, terminated, and its answer opens nothing.
 */
export class Scorm2004Instance {
  /** Session of the delivered activity, undefined when none is delivered or it was left. */
  session: ScoSession | undefined;
  /** The delivered activity, empty when there is none. */
  current: string;
  /** The newest answer. */
  answer: SequencingAnswer | undefined;
  /** The call that is to be answered next. */
  unanswered: UnansweredStep | undefined;
  readonly #outline: CourseOutline;
  readonly #course: ActivityIndex;
  readonly #launch: Launch2004Context;
  readonly #environment: () => Environment;
  #attempts: Readonly<Record<string, AttemptState>>;
  #shared: SharedData;
  #achieved: Achieved | undefined;
  #valid:
    | {
        readonly answer: SequencingAnswer | undefined;
        readonly told: AttemptState | undefined;
        readonly navigation: ValidNavigation;
      }
    | undefined;

  /** @param environment for the questions of `valid`. */
  constructor(
    outline: CourseOutline,
    launch: Launch2004Context,
    state: Instance2004State,
    environment: () => Environment = still,
  ) {
    this.#outline = outline;
    this.#course = preparedCourse(outline);
    this.#launch = launch;
    this.#environment = environment;
    this.#attempts = state.attempts;
    this.#shared = state.shared;
    this.#achieved = state.achieved;
    this.current = state.current;
    this.answer = state.answer;
    this.unanswered = state.unanswered;
    this.session = this.#resume();
    if (state.launch === launch.id) return;
    // Whatever another launch left open is over, and it cannot be asked in this one's name.
    this.#leave();
    this.current = "";
    this.unanswered = undefined;
  }

  /** Whether a `Navigate` is unanswered: until then nothing may follow it. */
  get waiting(): boolean {
    return this.unanswered?.navigation !== undefined;
  }

  /**
   * Ends the session and asks for something. False when the course has no such thing, when nothing was ever started, or while another
   * `Navigate` waits; then nothing changes.
   * @param seq number of the call, `at` its time in milliseconds since 1970.
   */
  navigate(seq: number, at: number, element: string, target: string): boolean {
    const navigation = navigationOf(element, target, this.#course, this.#launch);
    if (navigation === undefined || this.waiting) return false;
    if (this.answer === undefined && navigation.type !== "start") return false;
    const source = element === CLOSED || navigation.type === "start" ? "system" : this.#askedByContent(navigation);
    this.#ask(seq, at, source, navigation);
    this.#leave();
    return true;
  }

  /** Notes that the SCO has called Terminate: sequencing is told what it achieved, unless a `Navigate` follows that tells the same. */
  terminated(seq: number, at: number): void {
    this.#ask(seq, at, "content");
  }

  /** Takes what sequencing said, once; an answer that is older than the newest is nothing new. Answers with the activity that is to be opened now. */
  take(answer: SequencingAnswer): Delivery | undefined {
    if (answer.launch !== this.#launch.id) return undefined;
    if (this.answer?.launch === answer.launch && answer.seq <= this.answer.seq) return undefined;
    const { unanswered } = this;
    this.answer = answer;
    if (unanswered === undefined || answer.seq < unanswered.seq) return undefined;
    this.unanswered = undefined;
    if (unanswered.navigation === undefined || !answer.accepted) return undefined;
    this.#shared = answer.shared;
    this.current = "";
    if (answer.status === "ended") this.#achieved = achievedBy(this.#outline, this.state(answer.seq));
    const { delivery } = answer;
    if (delivery !== undefined && this.#course.byIdentifier.has(delivery.activity)) this.#open(delivery);
    return delivery;
  }

  /** What may be asked for now: as the newest answer leaves things, with what the running SCO has reported since (RTE 4.4.2). */
  valid(): ValidNavigation {
    const { answer, session } = this;
    const told = session?.state();
    const known = this.#valid;
    if (known !== undefined && known.answer === answer && known.told === told) return known.navigation;
    const course = sessionIn(this.#course, answer?.state);
    const navigation = new ValidNavigation(course, this.#environment(), session?.report());
    this.#valid = { answer, told, navigation };
    return navigation;
  }

  /** The instance as it stands, after the call with number `seq`. Activities that did not change keep their identity. */
  state(seq: number): Instance2004State {
    if (this.session !== undefined) this.#keep(this.current, this.session.state());
    return {
      v: 1,
      standard: "scorm2004",
      launch: this.#launch.id,
      seq,
      current: this.current,
      attempts: this.#attempts,
      shared: this.session?.shared() ?? this.#shared,
      ...(this.answer !== undefined && { answer: this.answer }),
      ...(this.unanswered !== undefined && { unanswered: this.unanswered }),
      ...(this.#achieved !== undefined && { achieved: this.#achieved }),
    };
  }

  #ask(seq: number, at: number, source: UnansweredStep["source"], navigation?: NavigationRequest): void {
    const { session } = this;
    // What is abandoned was never there (SN, TB.2.3 step 6).
    const abandoned = navigation?.type === "abandon" || navigation?.type === "abandonAll";
    const told = session === undefined || abandoned ? {} : { report: session.report(), shared: session.shared() };
    this.unanswered = { seq, at, activity: this.current, ...told, ...(navigation && { navigation }), source };
  }

  #askedByContent(navigation: NavigationRequest): UnansweredStep["source"] {
    const wanted = this.session?.phase === "terminated" ? this.session.navigationRequest() : undefined;
    if (wanted?.type !== navigation.type) return "player";
    return "target" in wanted && "target" in navigation && wanted.target !== navigation.target ? "player" : "content";
  }

  #leave(): void {
    if (this.session === undefined) return;
    this.#shared = this.session.shared();
    this.#keep(this.current, this.session.close());
    this.session = undefined;
  }

  #open(delivery: Delivery): void {
    const { mode, credit, policy } = this.#launch;
    const terms = { mode, credit, policy, behaviour: behaviourOf(this.#course.tree.edition) };
    const before = attemptIn(this.#attempts, delivery.activity) ?? unopenedAttempt;
    this.#keep(delivery.activity, openAttempt(before, delivery, terms));
    this.current = delivery.activity;
    this.session = this.#resume();
  }

  #keep(activity: string, state: AttemptState): void {
    this.#attempts = { ...this.#attempts, [activity]: state };
  }

  #resume(): ScoSession | undefined {
    const attempt = attemptIn(this.#attempts, this.current);
    const activity = this.#course.byIdentifier.get(this.current)?.definition;
    if (attempt === undefined || activity === undefined || !isOpen(attempt)) return undefined;
    const { learnerId, learnerName } = this.#launch;
    return new ScoSession(attempt, {
      learnerId,
      learnerName,
      activity,
      shared: this.#shared,
      requestValid: (request, target) => {
        const valid = this.valid();
        const possible = request === "continue" || request === "previous" ? valid[request]() : valid[request](target);
        return possible ? "true" : "false";
      },
    });
  }
}
