import type { Standard } from "./dialect.ts";

/** Kinds of calls that errors are told apart by. */
export type CallKind = "initialize" | "get" | "set" | "commit" | "finish";

/** Elements without which a result is not told. */
const ESSENTIAL = /(?:lesson_status|completion_status|success_status|score\.raw)$/;

/** Errors of a host about an element that it does not have, does not take, or holds by itself. */
const ABOUT_ELEMENT: Readonly<Record<Standard, ReadonlySet<string>>> = {
  // 201: argument. 401: not implemented. 402: keyword. 403: read only. 404: write only. 405: type.
  scorm12: new Set(["101", "201", "351", "401", "402", "403", "404", "405"]),
  // 351: set failed. 401: undefined. 402: not implemented. 403: not initialized. 404: read only. 406: type. 407: range. 408: dependency.
  scorm2004: new Set(["101", "351", "401", "402", "403", "404", "406", "407", "408"]),
};

/** Errors of a host that is where it should be already. */
const ALREADY: Readonly<Record<CallKind, ReadonlySet<string>>> = {
  // 101: many hosts answer it to a page that is loaded a second time.
  initialize: new Set(["101", "103"]),
  finish: new Set(["101", "113", "301", "112"]),
  get: new Set(["201", "301", "401", "402", "403", "404"]),
  set: new Set(),
  commit: new Set(),
};

/**
 * Whether an error of a host means nothing for us: hosts are asked for values that they need not have, and refuse to be begun or ended twice.
 * An error about the status, about the score, or about Commit always means something.
 */
export function isTolerated(standard: Standard, kind: CallKind, element: string, code: string): boolean {
  if (ALREADY[kind].has(code)) return true;
  return kind === "set" && !ESSENTIAL.test(element) && ABOUT_ELEMENT[standard].has(code);
}
