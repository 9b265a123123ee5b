import { diagnostic, type ErrorCode, errorString } from "../cmi12/error-code.ts";
import type { CourseOutline } from "../course/course-outline.ts";
import type { JournalCall, JournalMethod } from "../journal/journal-call.ts";
import type { InstanceState } from "./instance-state.ts";
import type { LaunchContext } from "./launch-context.ts";
import { LiveInstance } from "./live-instance.ts";

/** A call as the API saw it; whoever keeps the journal adds number and time. */
export type UnnumberedCall = Omit<JournalCall, "seq" | "at">;

/** What a learner, or the player for them, can ask for. */
export type NavigationRequest = "choice" | "continue" | "previous" | "exit" | "closed";

/**
 * The API of SCORM 1.2 (RTE 3.3.2), to stand at `window.API` for all activities of one launch. Synchronous; every call that belongs in the
 * journal is handed to `record` before the answer is given. The functions may be detached from the object, as some courses do.
 */
export class Scorm12Api {
  readonly LMSInitialize: (argument?: unknown) => "true" | "false";
  readonly LMSFinish: (argument?: unknown) => "true" | "false";
  readonly LMSGetValue: (element?: unknown) => string;
  readonly LMSSetValue: (element?: unknown, value?: unknown) => "true" | "false";
  readonly LMSCommit: (argument?: unknown) => "true" | "false";
  readonly LMSGetLastError: () => string;
  readonly LMSGetErrorString: (code?: unknown) => string;
  readonly LMSGetDiagnostic: (code?: unknown) => string;
  readonly #live: LiveInstance;
  readonly #record: (call: UnnumberedCall) => void;
  readonly #seq: number;
  #error: ErrorCode = "0";
  /** The call that led to the last error, in words. */
  #detail = "";
  #refusal: string | undefined;

  constructor(
    outline: CourseOutline,
    launch: LaunchContext,
    state: InstanceState,
    record: (call: UnnumberedCall) => void,
  ) {
    this.#live = new LiveInstance(outline, launch, state);
    this.#record = record;
    this.#seq = state.launch === launch.id ? state.seq : 0;
    this.LMSInitialize = (argument) => this.#command("Initialize", "", text(argument));
    this.LMSFinish = (argument) => this.#command("Terminate", "", text(argument));
    this.LMSCommit = (argument) => this.#command("Commit", "", text(argument));
    this.LMSSetValue = (element, value) => this.#command("SetValue", text(element), text(value));
    this.LMSGetValue = (element) => this.#getValue(text(element));
    this.LMSGetLastError = () => this.#error;
    this.LMSGetErrorString = (code) => errorString(text(code));
    this.LMSGetDiagnostic = (code) => diagnostic(text(code), this.#error, this.#refusal ?? this.#detail);
  }

  /** Activity that the API belongs to; empty before the first one is opened. */
  get current(): string {
    return this.#live.current;
  }

  /**
   * Leaves the open activity and opens `target`, or leaves the course when there is none. The player unloads the SCO's frame first, because
   * its unload handlers may still save. False when the course has no such activity, or after `refuse`.
   */
  navigate(request: NavigationRequest, target = ""): boolean {
    if (this.#refusal !== undefined) return false;
    const left = this.#live.session === undefined ? "" : this.#live.current;
    let found = true;
    if (target === "") this.#live.leave();
    else found = this.#live.open(target);
    this.#error = "0";
    const [result, error] = found ? ["true", "0"] : ["false", "101"];
    this.#record({ activity: left, method: "Navigate", element: request, value: target, result, error });
    return found;
  }

  /** From now on every call fails with 101 and nothing is recorded: another launch has taken over. `reason` is the diagnostic that authors see. */
  refuse(reason: string): void {
    this.#refusal = reason;
  }

  /** The instance as it stands. Its `seq` is that of the state the API was made from, because numbering is the journal's business. */
  state(): InstanceState {
    return this.#live.state(this.#seq);
  }

  #command(method: Exclude<JournalMethod, "Navigate" | "GetValue">, element: string, value: string): "true" | "false" {
    const session = this.#live.session;
    if (this.#refusal !== undefined || session === undefined)
      return this.#fail(method === "Initialize" ? "101" : "301");
    let done: boolean;
    if (method === "SetValue") done = session.set(element, value);
    else if (method === "Commit") done = session.commit(value);
    else if (method === "Initialize") done = session.initialize(value);
    else done = session.finish(value);
    const result = done ? "true" : "false";
    const error = session.error;
    this.#error = error;
    if (!done) this.#detail = method === "SetValue" ? `LMSSetValue("${element}").` : `${method}("${value}").`;
    this.#record({ activity: this.#live.current, method, element, value, result, error });
    return result;
  }

  #getValue(element: string): string {
    const session = this.#live.session;
    if (this.#refusal !== undefined || session === undefined) {
      this.#fail("301");
      return "";
    }
    const result = session.get(element);
    const error = session.error;
    this.#error = error;
    if (error !== "0") {
      this.#detail = `LMSGetValue("${element}").`;
      this.#record({ activity: this.#live.current, method: "GetValue", element, value: "", result, error });
    }
    return result;
  }

  #fail(code: ErrorCode): "false" {
    this.#error = this.#refusal === undefined ? code : "101";
    this.#detail = "";
    return "false";
  }
}

/** Courses pass numbers and booleans, and leave arguments out. */
function text(value: unknown): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : String(value);
}
