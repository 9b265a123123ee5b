import type { ConditionName, RollupRule, RuleAction } from "../activity-tree.ts";
import type { ExceptionCode } from "../exception-codes.ts";
import type { NavigationRequestType } from "../request.ts";
import type { LimitDecision, ObjectiveWrite } from "../trace.ts";

/** Every word that explanations are made of. Another language is another table. */
export interface Texts {
  readonly and: string;
  readonly or: string;
  readonly if: string;
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  /** What a rule looks at: an objective by its id, or the activity itself. */
  readonly objective: (id: string) => string;
  readonly itself: string;
  /** A condition that holds, for instance `objective obj1 satisfied`. */
  readonly condition: (condition: ConditionName, subject: string, not: boolean, threshold: number) => string;
  /** Name of what a condition looks at. */
  readonly conditionName: (condition: ConditionName, subject: string) => string;
  /** Where a value came from, put behind a condition; each begins with a space. */
  readonly reportedBy: (title: string) => string;
  readonly endedSilently: (title: string) => string;
  readonly rolledUpIn: (title: string) => string;
  readonly anotherCourse: string;
  readonly byHand: string;
  readonly action: Readonly<Record<RuleAction, string>>;
  /** What a rule did, without the reasons. */
  readonly applied: (action: RuleAction, title: string) => string;
  readonly limit: (limit: LimitDecision, title: string) => string;
  readonly rollupAction: Readonly<Record<RollupRule["action"], string>>;
  readonly rollupRule: (rule: RollupRule, conditions: string) => string;
  readonly rollup: (title: string, action: string, holding: number, contributing: number, conditions: string) => string;
  readonly exceptions: Readonly<Record<ExceptionCode, string>>;
  readonly inTheWay: (sentence: string, title: string) => string;
  readonly navigation: Readonly<Record<NavigationRequestType, string>>;
  readonly resultsTaken: string;
  readonly delivered: (title: string, because: string) => string;
  readonly refused: (request: string, reason: string) => string;
  readonly nothingDelivered: (request: string, reason: string) => string;
  readonly sessionEnded: (request: string) => string;
  readonly notSelected: (title: string, parent: string) => string;
  readonly reordered: (title: string) => string;
  readonly selected: (title: string, count: number, of: number) => string;
  readonly invisible: (title: string) => string;
  readonly choiceRefused: (title: string, reason: string) => string;
  readonly statusSaid: (title: string, values: string) => string;
  readonly statusAssumed: (title: string, values: string) => string;
  readonly statusFromGlobal: (title: string, values: string, global: string, source: string) => string;
  readonly statusByMeasure: (title: string, values: string) => string;
  readonly neverAttempted: (title: string) => string;
  readonly nothingDecided: (title: string) => string;
  readonly simulatedSame: string;
  readonly simulatedOther: (summary: string) => string;
  readonly simulatedShort: string;
  readonly values: Readonly<Record<keyof ObjectiveWrite["became"], (value: string) => string>>;
}
