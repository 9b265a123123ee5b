import { ReceiptOutcome } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";

/** What of a receipt decides whether a host has a result. */
export interface ToldCall {
  /** Within the launch. */
  readonly sequence: number;
  readonly call: string;
  readonly element: string;
  readonly value: string;
  readonly outcome: ReceiptOutcome;
  /** 0: the call tells none. */
  readonly resultSequence: number;
}

/** Status and score: without them a host has not got the result. Times, texts and our own token are kept where a host has room for them. */
const ESSENTIAL = /(?:lesson_status|completion_status|success_status|score\.(?:raw|scaled))$/;
/** Calls that make a host keep what was set; ending does it too (1.2 RTE 3.3.4.2, 2004 RTE 3.1.3.2). */
const KEEPING = new Set(["LMSCommit", "Commit", "LMSFinish", "Terminate"]);
const SETTING = new Set(["LMSSetValue", "SetValue"]);
/** HACP's one call that says everything and is kept at once (CMI001, 6.4.2). */
const WHOLE = "PutParam";

export const isTaken = ({ outcome }: Pick<ToldCall, "outcome">): boolean =>
  outcome === ReceiptOutcome.ACCEPTED || outcome === ReceiptOutcome.TOLERATED;

export const isEssential = ({ call, element }: Pick<ToldCall, "call" | "element">): boolean =>
  SETTING.has(call) && ESSENTIAL.test(element);

export const isKeeping = ({ call }: Pick<ToldCall, "call">): boolean => KEEPING.has(call);

export const isWhole = ({ call }: Pick<ToldCall, "call">): boolean => call === WHOLE;

/** SQL: receipts `r` that decide anything; the rest need not be read. */
export const DECISIVE = `(r.call in ('LMSCommit', 'Commit', 'LMSFinish', 'Terminate', 'PutParam')
  or (r.result_sequence > 0 and r.element ~ '(lesson_status|completion_status|success_status|score[.](raw|scaled))$'))`;
