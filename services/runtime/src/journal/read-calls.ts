import type { JournalCall, JournalMethod } from "@coursemesh/scorm/journal/journal-call.ts";
import { journalInvalid } from "../errors.ts";

/** One call as it travels and is stored: `[at, activity, method, element, value, result, error]`. */
export type CallTuple = readonly [number, string, JournalMethod, string, string, string, string];

/** Calls of one delivery. */
export interface DeliveredCalls {
  /** Number of the first. */
  readonly firstSeq: number;
  readonly tuples: readonly CallTuple[];
  /** JSON as it was received. */
  readonly text: string;
}

const methods: ReadonlySet<unknown> = new Set<JournalMethod>([
  "Initialize",
  "SetValue",
  "GetValue",
  "Commit",
  "Terminate",
  "Navigate",
]);
const fields = ["at", "activity", "method", "element", "value", "result", "error"];
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const HIGHEST_SEQ = 2 ** 31 - 1;

/** Reads what a player delivered. @throws JOURNAL_INVALID that names the call. */
export function readCalls(bytes: Uint8Array, firstSeq: number): DeliveredCalls {
  let text: string;
  let read: unknown;
  try {
    text = utf8.decode(bytes);
    read = JSON.parse(text);
  } catch {
    throw invalid(0, "the calls are not JSON in UTF-8");
  }
  if (!Array.isArray(read)) throw invalid(0, "the calls are not an array");
  if (firstSeq + read.length > HIGHEST_SEQ) throw invalid(0, "the number is too high");
  for (const [index, call] of read.entries()) checkCall(call, index);
  return { firstSeq, tuples: read as CallTuple[], text };
}

/** The calls from the one with this index on, for the fold. */
export function journalCalls(tuples: readonly CallTuple[], firstSeq: number): JournalCall[] {
  return tuples.map(([at, activity, method, element, value, result, error], index) => ({
    seq: firstSeq + index,
    at,
    activity,
    method,
    element,
    value,
    result,
    error,
  }));
}

/** Whether two deliveries of one number are the same call; the time may be told again. */
export function sameCall(one: CallTuple, other: CallTuple): boolean {
  return one.every((field, index) => index === 0 || field === other[index]);
}

function checkCall(call: unknown, index: number): void {
  if (!Array.isArray(call) || call.length !== fields.length)
    throw invalid(index, `a call is an array of ${fields.length}: ${fields.join(", ")}`);
  const [at, , method] = call;
  // Dates end 8.64e15 milliseconds from the epoch.
  if (typeof at !== "number" || !Number.isFinite(at) || Math.abs(at) > 8.64e15)
    throw invalid(index, "at is not a time in milliseconds");
  for (let field = 1; field < fields.length; field += 1)
    if (typeof call[field] !== "string") throw invalid(index, `${fields[field]} is not a string`);
  if (!methods.has(method)) throw invalid(index, "the method is unknown");
}

function invalid(call: number, description: string): Error {
  return journalInvalid({ call: String(call), description }, `call ${call}: ${description}`);
}
