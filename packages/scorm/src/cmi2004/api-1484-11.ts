import type { JournalCall, JournalMethod } from "../journal/journal-call.ts";
import { diagnostic, type ErrorCode, errorString } from "./error-code.ts";
import type { ScoSession } from "./sco-session.ts";

/** A call as the API saw it; whoever keeps the journal adds number and time. */
export type ApiCall = Omit<JournalCall, "seq" | "at">;

/**
 * The API of SCORM 2004 (RTE 3.1), to stand at `window.API_1484_11` for all activities of one launch. Synchronous; every call that belongs in
 * the journal is handed to `record` before the answer is given, so whoever wants to know of a Terminate learns it there. The functions may be
 * detached from the object, as some courses do.
 */
export class Api1484_11 {
  /** RTE 3.1.2: the version of the API that IEEE 1484.11.2 names. */
  readonly version = "1.0";
  readonly Initialize: (argument?: unknown) => "true" | "false";
  readonly Terminate: (argument?: unknown) => "true" | "false";
  readonly GetValue: (element?: unknown) => string;
  readonly SetValue: (element?: unknown, value?: unknown) => "true" | "false";
  readonly Commit: (argument?: unknown) => "true" | "false";
  readonly GetLastError: () => string;
  readonly GetErrorString: (code?: unknown) => string;
  readonly GetDiagnostic: (code?: unknown) => string;
  readonly #record: (call: ApiCall) => void;
  #activity = "";
  #session: ScoSession | undefined;
  #error: ErrorCode = "0";
  /** The call that led to the last error, in words. */
  #detail = "";
  #refusal: string | undefined;

  constructor(record: (call: ApiCall) => void) {
    this.#record = record;
    this.Initialize = (argument) => this.#command("Initialize", "", text(argument));
    this.Terminate = (argument) => this.#command("Terminate", "", text(argument));
    this.Commit = (argument) => this.#command("Commit", "", text(argument));
    this.SetValue = (element, value) => this.#command("SetValue", text(element), text(value));
    this.GetValue = (element) => this.#getValue(text(element));
    this.GetLastError = () => this.#error;
    this.GetErrorString = (code) => errorString(text(code));
    this.GetDiagnostic = (code) => diagnostic(text(code), this.#error, this.#refusal ?? this.#detail);
  }

  /** From now on calls belong to this session of this activity; without a session every call fails until the next one. */
  attach(activity: string, session: ScoSession | undefined): void {
    this.#activity = activity;
    this.#session = session;
    this.#error = "0";
    this.#detail = "";
  }

  /** From now on every call fails and nothing is recorded: another launch has taken over. `reason` is the diagnostic that authors see. */
  refuse(reason: string): void {
    this.#refusal = reason;
  }

  #command(method: keyof typeof withoutSession, element: string, value: string): "true" | "false" {
    const session = this.#refusal === undefined ? this.#session : undefined;
    if (session === undefined) {
      this.#fail(method);
      return "false";
    }
    let done: boolean;
    if (method === "SetValue") done = session.set(element, value);
    else if (method === "Commit") done = session.commit(value);
    else if (method === "Initialize") done = session.initialize(value);
    else done = session.terminate(value);
    const result = done ? "true" : "false";
    const error = session.error;
    this.#error = error;
    if (!done) this.#detail = method === "SetValue" ? `SetValue("${element}").` : `${method}("${value}").`;
    this.#record({ activity: this.#activity, method, element, value, result, error });
    return result;
  }

  #getValue(element: string): string {
    const session = this.#refusal === undefined ? this.#session : undefined;
    if (session === undefined) return this.#fail("GetValue");
    const result = session.get(element);
    const error = session.error;
    this.#error = error;
    if (error !== "0") {
      this.#detail = `GetValue("${element}").`;
      this.#record({ activity: this.#activity, method: "GetValue", element, value: "", result, error });
    }
    return result;
  }

  #fail(method: keyof typeof withoutSession | "GetValue"): "" {
    this.#error = method === "GetValue" ? "122" : withoutSession[method];
    this.#detail = "";
    return "";
  }
}

/** Error codes when no activity is open that a call could belong to. */
const withoutSession = {
  Initialize: "102",
  Terminate: "112",
  Commit: "142",
  SetValue: "132",
} as const satisfies Partial<Record<JournalMethod, ErrorCode>>;

/** Courses pass numbers and booleans, and leave arguments out. */
function text(value: unknown): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : String(value);
}
