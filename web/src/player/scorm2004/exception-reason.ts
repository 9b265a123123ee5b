import type { PlainReason } from "../contents/reason.ts";

/** Exceptions of the sequencing processes by what a learner is told about them; the others are not worth telling apart. */
const codes: Readonly<Record<Exclude<PlainReason, "noAttempts" | "notNow" | "unknown">, readonly string[]>> = {
  notByChoice: ["NB.2.1-8", "NB.2.1-10", "SB.2.9-3", "SB.2.9-4", "SB.2.9-6", "SB.2.9-7"],
  tooFar: ["SB.2.9-8"],
  afterOthers: ["SB.2.4-1", "SB.2.9-5"],
  nothingHere: ["SB.2.1-2", "SB.2.5-2", "SB.2.9-9", "SB.2.10-3", "DB.1.1-1"],
  nextIsLocked: ["SB.2.2-2"],
  locked: ["DB.1.1-3", "SB.2.10-2"],
  chooseNext: ["NB.2.1-4", "SB.2.2-1", "SB.2.7-2", ""],
  noWayBack: ["NB.2.1-5", "NB.2.1-6", "SB.2.1-3", "SB.2.1-4", "SB.2.4-2", "SB.2.4-3", "SB.2.8-2"],
  atEnd: ["SB.2.1-1"],
  notThere: ["NB.2.1-11", "SB.2.9-1", "SB.2.9-2", "DB.1.1-2"],
};

const reasons = new Map(
  Object.entries(codes).flatMap(([reason, all]) => all.map((code) => [code, reason as PlainReason] as const)),
);

/** What to tell a learner about an exception code; empty for "nothing follows". */
export function exceptionReason(code: string): PlainReason {
  return reasons.get(code) ?? "unknown";
}
