import type { Scorm12ItemData } from "../course/course-outline.ts";
import type { ActivityState, CreditedResult, SessionState } from "./activity-state.ts";
import { DataModel, type StoredData } from "./data-model.ts";
import { elementRule } from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";
import { counts, statusAfterSession } from "./lesson-status.ts";
import { formatTimespan, parseTimespan } from "./timespan.ts";

/** What the LMS tells a SCO and the SCO cannot change. */
export interface LearnerFacts {
  readonly learnerId: string;
  /** `Last, First`. */
  readonly learnerName: string;
  readonly commentsFromLms?: string;
}

const status = elementRule("cmi.core.lesson_status");
const raw = elementRule("cmi.core.score.raw");
const min = elementRule("cmi.core.score.min");
const max = elementRule("cmi.core.score.max");
const exit = elementRule("cmi.core.exit");
const sessionTime = elementRule("cmi.core.session_time");
const totalTime = elementRule("cmi.core.total_time");
const studentId = elementRule("cmi.core.student_id");
const studentName = elementRule("cmi.core.student_name");
const creditElement = elementRule("cmi.core.credit");
const entry = elementRule("cmi.core.entry");
const lessonMode = elementRule("cmi.core.lesson_mode");
const launchData = elementRule("cmi.launch_data");
const commentsFromLms = elementRule("cmi.comments_from_lms");
const masteryScore = elementRule("cmi.student_data.mastery_score");
const maxTimeAllowed = elementRule("cmi.student_data.max_time_allowed");
const timeLimitAction = elementRule("cmi.student_data.time_limit_action");

/**
 * One open activity: the eight functions' rules (RTE 3.3.2) over its data model, synchronous and without a clock.
 * Made from an activity's state with an open session; gives that state back at any moment.
 */
export class ScoSession {
  /** Error code of the last call other than the three error functions. */
  error: ErrorCode = "0";
  readonly #data: DataModel;
  readonly #session: SessionState;
  readonly #item: Scorm12ItemData;
  /** Without a session: that is made of the fields here. */
  #activity: ActivityState;
  /** Last answer of `state()`, and what it was made of. */
  #snapshot: ActivityState;
  #snapshotOf: { readonly activity: ActivityState; readonly stored: StoredData };
  #phase: SessionState["phase"];

  constructor(
    activity: ActivityState & { readonly session: SessionState },
    facts: LearnerFacts,
    item: Scorm12ItemData,
  ) {
    const { session } = activity;
    const { session: _, ...closed } = activity;
    const { values, objectives, interactions, warnings } = activity;
    const stored = { values, objectives, interactions, warnings };
    const data = new DataModel(stored, session.policy);
    data.provide(studentId, facts.learnerId);
    data.provide(studentName, facts.learnerName);
    data.provide(commentsFromLms, facts.commentsFromLms ?? "");
    data.provide(creditElement, session.credit);
    data.provide(lessonMode, session.mode);
    data.provide(entry, session.entry);
    data.provide(exit, session.exit);
    data.provide(sessionTime, session.time);
    data.provide(totalTime, formatTimespan(activity.totalCentiseconds));
    data.provide(launchData, item.dataFromLms ?? "");
    data.provide(masteryScore, item.masteryScore ?? "");
    data.provide(maxTimeAllowed, item.maxTimeAllowed ?? "");
    data.provide(timeLimitAction, item.timeLimitAction ?? "");
    this.#data = data;
    this.#session = session;
    this.#item = item;
    this.#activity = closed;
    this.#phase = session.phase;
    this.#snapshot = activity;
    this.#snapshotOf = { activity: closed, stored };
  }

  /** LMSInitialize: once in the life of a session (101 afterwards), with an empty argument (201). */
  initialize(argument: string): boolean {
    if (argument !== "") return this.#answer("201");
    if (this.#phase !== "opened") return this.#answer("101");
    this.#phase = "running";
    this.#activity = { ...this.#activity, sessions: this.#activity.sessions + 1 };
    this.#beginCounting();
    return this.#answer("0");
  }

  /** LMSFinish: applies the LMS's rules of lesson_status and total_time; 301 outside a running session. */
  finish(argument: string): boolean {
    if (argument !== "") return this.#answer("201");
    if (this.#phase !== "running") return this.#answer("301");
    this.#end("finish");
    this.#phase = "finished";
    return this.#answer("0");
  }

  /** LMSCommit: everything set is journaled already, so it only checks the call. */
  commit(argument: string): boolean {
    if (argument !== "") return this.#answer("201");
    return this.#answer(this.#phase === "running" ? "0" : "301");
  }

  /** LMSGetValue: empty on any error. */
  get(element: string): string {
    if (this.#phase !== "running") {
      this.error = "301";
      return "";
    }
    const value = this.#data.get(element);
    this.error = this.#data.error;
    return value;
  }

  /** LMSSetValue. */
  set(element: string, value: string): boolean {
    return this.#answer(this.#phase === "running" ? this.#data.set(element, value) : "301");
  }

  /** The activity with this session still open, to be continued by another `ScoSession`; the same object until something changes. */
  state(): ActivityState {
    const stored = this.#data.stored();
    const activity = this.#activity;
    if (this.#snapshotOf.stored === stored && this.#snapshotOf.activity === activity) return this.#snapshot;
    this.#snapshotOf = { activity, stored };
    this.#snapshot = {
      ...activity,
      ...stored,
      session: {
        ...this.#session,
        phase: this.#phase,
        exit: this.#data.value(exit),
        time: this.#data.value(sessionTime),
      },
    };
    return this.#snapshot;
  }

  /** The activity after it was left. A session that LMSFinish has not ended ends here, as when its window was closed. */
  close(): ActivityState {
    if (this.#phase === "running") this.#end("close");
    return { ...this.#activity, ...this.#data.stored() };
  }

  #answer(code: ErrorCode): boolean {
    this.error = code;
    return code === "0";
  }

  /** Separates what counts from what a session without credit may write, and joins them again when one for credit begins. */
  #beginCounting(): void {
    const { credited, ...activity } = this.#activity;
    if (!counts(this.#session.mode, this.#session.credit)) {
      this.#activity = { ...activity, credited: credited ?? this.#result() };
    } else if (credited !== undefined) {
      this.#data.assign(status, credited.status);
      this.#data.assign(raw, credited.raw);
      this.#data.assign(min, credited.min);
      this.#data.assign(max, credited.max);
      this.#activity = activity;
    }
  }

  #result(): CreditedResult {
    const data = this.#data;
    return { status: data.value(status), raw: data.value(raw), min: data.value(min), max: data.value(max) };
  }

  #end(how: "finish" | "close"): void {
    const data = this.#data;
    const before = data.value(status);
    const after = statusAfterSession(
      {
        mode: this.#session.mode,
        credit: this.#session.credit,
        status: before,
        scoreRaw: data.value(raw),
        masteryScore: this.#item.masteryScore ?? "",
        finished: how === "finish",
      },
      this.#session.policy,
    );
    if (after !== before) data.assign(status, after);
    const spent = parseTimespan(data.value(sessionTime)) ?? 0;
    const { credited, ...activity } = this.#activity;
    this.#activity = {
      ...activity,
      exit: data.value(exit),
      ended: how,
      totalCentiseconds: activity.totalCentiseconds + spent,
      ...(credited === undefined ? {} : { credited: browsedToo(credited, before, after) }),
    };
  }
}

/** The one change that a session without credit makes to what counts: an activity nobody attempted becomes `browsed`. */
function browsedToo(credited: CreditedResult, before: string, after: string): CreditedResult {
  const becameBrowsed = before !== after && after === "browsed" && credited.status === "not attempted";
  return becameBrowsed ? { ...credited, status: after } : credited;
}
