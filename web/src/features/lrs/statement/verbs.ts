import { VOIDED } from "@coursemesh/xapi/voiding.ts";

const adl = (word: string) => `http://adlnet.gov/expapi/verbs/${word}`;

/** Verbs most tools use, to choose from; any other IRI can be typed. */
export const VERBS: readonly string[] = [
  ...[
    "answered",
    "attempted",
    "attended",
    "completed",
    "experienced",
    "failed",
    "initialized",
    "interacted",
    "launched",
  ],
  ...["passed", "progressed", "registered", "responded", "resumed", "scored", "suspended", "terminated"],
]
  .map(adl)
  .concat(VOIDED);
