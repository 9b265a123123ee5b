import type { ActivityDefinition } from "../sequencing/activity-tree.ts";
import type { NavigationRequest } from "../sequencing/request.ts";
import type { AttemptReport } from "../sequencing/run-time-input.ts";
import { attemptReport } from "./attempt-report.ts";
import type { AttemptState, OpenAttempt, SessionState } from "./attempt-state.ts";
import { DataModel, type StoredData } from "./data-model.ts";
import { elementRule } from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";
import type { CommentState } from "./list-state.ts";
import { navigationRequestOf, type RequestValid } from "./navigation-request.ts";
import { formatReal } from "./real-number.ts";
import type { SharedData } from "./shared-data.ts";
import { formatTimeInterval, parseTimeInterval } from "./time-interval.ts";

/** What a session is told and a SCO cannot change. */
export interface SessionContext {
  readonly learnerId: string;
  readonly learnerName: string;
  readonly commentsFromLms?: readonly CommentState[];
  /** What the manifest says about the activity. */
  readonly activity: Pick<ActivityDefinition, "dataFromLms" | "timeLimitAction" | "dataMaps">;
  /** Texts that activities share, as they stand when the session begins. */
  readonly shared: SharedData;
  /** Answers `adl.nav.request_valid`. Called when the SCO asks, never before. */
  readonly requestValid: RequestValid;
}

const exit = elementRule("cmi.exit");
const sessionTime = elementRule("cmi.session_time");
const request = elementRule("adl.nav.request");
const facts = {
  learnerId: elementRule("cmi.learner_id"),
  learnerName: elementRule("cmi.learner_name"),
  credit: elementRule("cmi.credit"),
  mode: elementRule("cmi.mode"),
  entry: elementRule("cmi.entry"),
  totalTime: elementRule("cmi.total_time"),
  launchData: elementRule("cmi.launch_data"),
  timeLimitAction: elementRule("cmi.time_limit_action"),
  completionThreshold: elementRule("cmi.completion_threshold"),
  scaledPassingScore: elementRule("cmi.scaled_passing_score"),
  maxTimeAllowed: elementRule("cmi.max_time_allowed"),
};

/**
 * One communication session: the rules of the API's functions (RTE 3.1) over the activity's data model, synchronous and without a clock.
 * Made from an attempt with an open session; gives that attempt back at any moment.
 */
export class ScoSession {
  /** Error code of the last call other than the three error functions. */
  error: ErrorCode = "0";
  readonly #data: DataModel;
  readonly #session: SessionState;
  /** Without a session: that is made of the fields here. */
  #attempt: AttemptState;
  #phase: SessionState["phase"];
  /** Last answer of `state()`, and what it was made of. */
  #snapshot: OpenAttempt | undefined;
  #snapshotOf: { attempt: AttemptState; stored: StoredData; exit: string; time: string; request: string } | undefined;

  constructor(attempt: OpenAttempt, context: SessionContext) {
    const { session, ...closed } = attempt;
    const { activity, shared, requestValid } = context;
    const { values, objectives, interactions, comments, warnings } = attempt;
    const data = new DataModel(
      { values, objectives, interactions, comments, warnings },
      {
        policy: session.policy,
        behaviour: session.behaviour,
        completionThreshold: session.completionThreshold,
        scaledPassingScore: session.scaledPassingScore,
        commentsFromLms: context.commentsFromLms ?? [],
        dataMaps: activity.dataMaps ?? [],
        shared,
        requestValid,
      },
    );
    const real = (number: number | undefined) => (number === undefined ? undefined : formatReal(number));
    data.provide(facts.learnerId, context.learnerId);
    data.provide(facts.learnerName, context.learnerName);
    data.provide(facts.credit, session.credit);
    data.provide(facts.mode, session.mode);
    data.provide(facts.entry, session.entry);
    data.provide(facts.totalTime, formatTimeInterval(attempt.totalCentiseconds));
    data.provide(facts.launchData, activity.dataFromLms);
    data.provide(facts.timeLimitAction, activity.timeLimitAction ?? "continue,no message");
    data.provide(facts.completionThreshold, real(session.completionThreshold));
    data.provide(facts.scaledPassingScore, real(session.scaledPassingScore));
    data.provide(facts.maxTimeAllowed, session.maxTimeAllowed);
    data.provide(exit, session.exit);
    data.provide(sessionTime, session.time);
    data.provide(request, session.request);
    this.#data = data;
    this.#session = session;
    this.#attempt = closed;
    this.#phase = session.phase;
  }

  get phase(): SessionState["phase"] {
    return this.#phase;
  }

  /** Whether what the learner does now counts: in normal mode and for credit (RTE 4.2.6, 4.2.13). */
  get counts(): boolean {
    return this.#session.mode === "normal" && this.#session.credit === "credit";
  }

  /** Initialize (RTE 3.1.3.1): 103 while it runs, 104 after Terminate, 201 for an argument. */
  initialize(argument: string): boolean {
    if (this.#phase !== "opened") return this.#answer(this.#phase === "running" ? "103" : "104");
    if (argument !== "") return this.#answer("201");
    this.#phase = "running";
    this.#attempt = { ...this.#attempt, sessions: this.#attempt.sessions + 1 };
    return this.#answer("0");
  }

  /** Terminate (RTE 3.1.3.2): adds the session's time to the total. 112 before Initialize, 113 the second time, 201 for an argument. */
  terminate(argument: string): boolean {
    if (this.#phase !== "running") return this.#answer(this.#phase === "opened" ? "112" : "113");
    if (argument !== "") return this.#answer("201");
    this.#end("terminate");
    this.#phase = "terminated";
    return this.#answer("0");
  }

  /** Commit (RTE 3.1.4.3): everything set is journaled already, so it only checks the call. 142, 143, or 201 for an argument. */
  commit(argument: string): boolean {
    if (this.#phase !== "running") return this.#answer(this.#phase === "opened" ? "142" : "143");
    return this.#answer(argument === "" ? "0" : "201");
  }

  /** GetValue (RTE 3.1.4.1): empty on any error; 122 before Initialize, 123 after Terminate. */
  get(element: string): string {
    if (this.#phase !== "running") {
      this.error = this.#phase === "opened" ? "122" : "123";
      return "";
    }
    const value = this.#data.get(element);
    this.error = this.#data.error;
    return value;
  }

  /** SetValue (RTE 3.1.4.2): 132 before Initialize, 133 after Terminate. */
  set(element: string, value: string): boolean {
    if (this.#phase !== "running") return this.#answer(this.#phase === "opened" ? "132" : "133");
    return this.#answer(this.#data.set(element, value));
  }

  /** What the sequencing core is told about this attempt, as things stand. */
  report(): AttemptReport {
    return attemptReport(this.#data);
  }

  /** What `adl.nav.request` asks for now; undefined when it asks for nothing. It counts once the session has ended. */
  navigationRequest(): NavigationRequest | undefined {
    return navigationRequestOf(this.#data.value(request) ?? "_none_");
  }

  /** The shared texts; the same object until the SCO writes one. */
  shared(): SharedData {
    return this.#data.shared();
  }

  /** The attempt with this session still open, to be continued by another `ScoSession`; the same object until something changes. */
  state(): OpenAttempt {
    const attempt = this.#attempt;
    const stored = this.#data.stored();
    const now = {
      attempt,
      stored,
      exit: this.#data.value(exit) ?? "",
      time: this.#data.value(sessionTime) ?? "",
      request: this.#data.value(request) ?? "_none_",
    };
    const last = this.#snapshotOf;
    const same =
      last?.attempt === attempt &&
      last.stored === stored &&
      last.exit === now.exit &&
      last.time === now.time &&
      last.request === now.request;
    if (this.#snapshot !== undefined && same && this.#snapshot.session.phase === this.#phase) return this.#snapshot;
    this.#snapshotOf = now;
    const session = { ...this.#session, phase: this.#phase, exit: now.exit, time: now.time, request: now.request };
    this.#snapshot = { ...attempt, ...stored, session };
    return this.#snapshot;
  }

  /** The attempt after the activity was left. A session that Terminate has not ended ends here, as when its window was closed. */
  close(): AttemptState {
    if (this.#phase === "running") this.#end("close");
    this.#phase = "terminated";
    return { ...this.#attempt, ...this.#data.stored() };
  }

  #answer(code: ErrorCode): boolean {
    this.error = code;
    return code === "0";
  }

  #end(how: "terminate" | "close"): void {
    const spent = parseTimeInterval(this.#data.value(sessionTime) ?? "", false) ?? 0;
    this.#attempt = {
      ...this.#attempt,
      exit: this.#data.value(exit) ?? "",
      ended: how,
      totalCentiseconds: this.#attempt.totalCentiseconds + spent,
    };
  }
}
