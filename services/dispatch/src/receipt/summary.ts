import { ReceiptOutcome } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";

/** What of a receipt is said in a sentence. */
export interface SummaryFacts {
  readonly call: string;
  readonly element: string;
  readonly value: string;
  readonly errorCode: string;
  readonly errorText: string;
  readonly outcome: ReceiptOutcome;
}

const ELEMENTS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/completion_status$/, "completion"],
  [/success_status$/, "success"],
  [/score\.\w+$/, "the score"],
  [/session_time$/, "the time"],
  [/suspend_data$/, "the place to go on from"],
  [/(?:lesson_location|\.location)$/, "the location"],
  [/exit$/, "how the learner left"],
  [/entry$/, "how the learner came"],
];
const CALLS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/Initialize$/, "the start"],
  [/(?:Finish|Terminate)$/, "the end"],
  [/^GetParam$/, "the question who is learning"],
  [/^PutParam$/, "the result"],
  [/^ExitAU$/, "the end"],
];

/** What a host is asked: as an object of "refused", and as an activity. */
interface Subject {
  readonly refused: string;
  readonly doing: string;
}

/** One sentence about an answer: "their LMS refused completion with error 351". */
export function summaryOf(facts: SummaryFacts): string {
  const { refused, doing } = subjectOf(facts);
  const code = facts.errorCode === "" || facts.errorCode === "0" ? "" : facts.errorCode;
  switch (facts.outcome) {
    case ReceiptOutcome.ACCEPTED:
      return doing === KEEPING.doing ? "their LMS kept what it was told" : `their LMS took ${doing}`;
    case ReceiptOutcome.TOLERATED:
      return `their LMS answered ${doing} with ${code === "" ? "an error" : `error ${code}`}, which means nothing`;
    case ReceiptOutcome.THREW:
      return `their LMS failed at ${doing}: its own script threw an error`;
    case ReceiptOutcome.SILENT:
      return `their LMS gave no answer about ${doing}`;
    default:
      return `their LMS refused ${refused} ${code === "" ? "without an error code" : `with error ${code}`}`;
  }
}

const KEEPING: Subject = { refused: "to keep what it was told", doing: "keeping what it was told" };

function subjectOf({ call, element, value }: SummaryFacts): Subject {
  if (/Commit$/.test(call)) return KEEPING;
  const words = wordsOf(call, element, value);
  return { refused: words, doing: words };
}

function wordsOf(call: string, element: string, value: string): string {
  if (/lesson_status$/.test(element)) return value === "passed" || value === "failed" ? "success" : "completion";
  const known = ELEMENTS.find(([pattern]) => pattern.test(element)) ?? CALLS.find(([pattern]) => pattern.test(call));
  if (known) return known[1];
  return element === "" ? `the call ${call}` : `the value of ${element}`;
}
