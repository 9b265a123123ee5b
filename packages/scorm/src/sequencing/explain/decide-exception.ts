import type { ExceptionCode } from "../exception-codes.ts";
import type { ExceptionEntry, LimitDecision } from "../trace.ts";
import type { Decision, DecisionKind } from "./explanation.ts";
import { type Story, titleOf } from "./story.ts";

const kinds: Partial<Record<ExceptionCode, DecisionKind>> = {
  "SB.2.9-2": "selection",
  "SB.2.9-3": "preCondition",
  "SB.2.9-6": "constrainedChoice",
  "SB.2.9-8": "constrainedChoice",
  "SB.2.4-1": "preCondition",
  "SB.2.2-2": "preCondition",
  "DB.1.1-3": "preCondition",
};

/** Why a process gave up. @param activity the activity it ran on, empty for none */
export function decideException({ session, texts }: Story, entry: ExceptionEntry, activity: string): Decision {
  const sentence = texts.exceptions[entry.exception];
  const inTheWay = entry.activity;
  return {
    kind: kinds[entry.exception] ?? "controlMode",
    activity: inTheWay ?? activity,
    rule: "",
    process: entry.process,
    sentence: inTheWay === undefined ? sentence : texts.inTheWay(sentence, titleOf(session.course, inTheWay)),
    facts: [],
  };
}

/** A limit that is reached. */
export function decideLimit({ session, texts }: Story, decision: LimitDecision): Decision {
  const { activity, attempts, allowed } = decision;
  const name = texts.conditionName(attempts === undefined ? "timeLimitExceeded" : "attemptLimitExceeded", "");
  return {
    kind: "limit",
    activity,
    rule: "",
    process: decision.process,
    sentence: texts.limit(decision, titleOf(session.course, activity)),
    facts: attempts === undefined ? [] : [{ name, value: `${attempts}/${allowed}`, step: "", activity: "" }],
  };
}
