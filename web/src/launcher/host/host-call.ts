import type { Dialect } from "./dialect.ts";
import type { HostApi } from "./find-api.ts";
import type { Receipt, ReceiptOutcome } from "./receipt.ts";
import { type CallKind, isTolerated } from "./tolerated.ts";

/** A call to be made. */
export interface HostCall {
  readonly kind: CallKind;
  /** Element, for calls that are about one. */
  readonly element?: string;
  readonly value?: string;
  /** Result that it tells; 0 or absent for none. */
  readonly resultSequence?: number;
  /** The answer is about a person and is left out of the receipt. */
  readonly personal?: boolean;
}

/** What came of a call. */
export interface HostAnswer {
  /** Text that the host returned; empty when there was none. */
  readonly value: string;
  readonly outcome: ReceiptOutcome;
}

/** What calls are made with; clocks are replaced in tests. */
export interface CallerParts {
  readonly api: HostApi;
  readonly dialect: Dialect;
  readonly onReceipt: (receipt: Receipt) => void;
  readonly now?: () => number;
  readonly tick?: () => number;
}

const longestText = 1_000;
const longestValue = 4_096;

/** Whether an outcome leaves the host with what it was told. */
export function isTaken(outcome: ReceiptOutcome): boolean {
  return outcome === "ACCEPTED" || outcome === "TOLERATED";
}

/** Calls a host that may do anything: refuse, throw, answer nothing. Every call is measured and becomes a receipt. */
export class HostCaller {
  readonly #parts: CallerParts;

  constructor(parts: CallerParts) {
    this.#parts = parts;
  }

  /** Makes a call. Never throws. */
  call(call: HostCall): HostAnswer {
    const { now = Date.now, tick = () => performance.now(), dialect } = this.#parts;
    const { kind, element = "", value = "", resultSequence = 0, personal = false } = call;
    const method = dialect.methods[kind];
    const args = kind === "get" ? [element] : kind === "set" ? [element, value] : [""];
    const time = now();
    const start = tick();
    let returned: unknown;
    let thrown: string | undefined;
    try {
      returned = this.#invoke(method, args);
    } catch (error) {
      thrown = String(error);
    }
    const latencyMs = Math.max(0, Math.round(tick() - start));
    const errorCode = thrown === undefined ? this.#errorCode() : "";
    const outcome = thrown === undefined ? this.#judge(kind, element, returned, errorCode) : "THREW";
    const text = returned === undefined || returned === null ? "" : String(returned);
    this.#parts.onReceipt({
      call: method,
      element,
      value: value.slice(0, longestValue),
      returned: personal ? "" : text.slice(0, longestText),
      errorCode: errorCode.slice(0, 20),
      errorText: thrown?.slice(0, longestText) ?? (isTaken(outcome) ? "" : this.#errorText(errorCode)),
      latencyMs,
      time: new Date(time).toISOString(),
      outcome,
      resultSequence,
    });
    return { value: text, outcome };
  }

  #judge(kind: CallKind, element: string, returned: unknown, errorCode: string): ReceiptOutcome {
    const { standard } = this.#parts.dialect;
    if (returned === undefined || returned === null) return "SILENT";
    const failed = kind === "get" ? errorCode !== "0" && errorCode !== "" : !isYes(returned);
    if (!failed) return "ACCEPTED";
    return isTolerated(standard, kind, element, errorCode) ? "TOLERATED" : "REFUSED";
  }

  #errorCode(): string {
    try {
      const code = this.#invoke(this.#parts.dialect.methods.lastError, []);
      return code === undefined || code === null ? "" : String(code).trim();
    } catch {
      return "";
    }
  }

  #errorText(code: string): string {
    if (code === "" || code === "0") return "";
    try {
      return String(this.#invoke(this.#parts.dialect.methods.errorString, [code]) ?? "").slice(0, longestText);
    } catch {
      return "";
    }
  }

  #invoke(method: string, args: readonly string[]): unknown {
    const { api } = this.#parts;
    const found: unknown = Reflect.get(api, method);
    if (typeof found !== "function") throw new Error(`the host has no ${method}`);
    // As a method: hosts keep their state in `this`.
    return Reflect.apply(found, api, args);
  }
}

/** Hosts answer the text `true`, the boolean, or a number. */
function isYes(returned: unknown): boolean {
  return /^(?:true|1)$/i.test(String(returned).trim());
}
