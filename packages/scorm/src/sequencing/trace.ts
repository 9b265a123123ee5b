import type { Objective } from "./activity-index.ts";
import type { ConditionName, RollupRule, RuleAction } from "./activity-tree.ts";
import type { ExceptionCode } from "./exception-codes.ts";
import type { ProcessId } from "./process-id.ts";
import type { ObjectiveProgress } from "./tracking.ts";

/** A condition's value: `undefined` is the book's "Unknown". */
export type Truth = boolean | undefined;

/** One thing that happened in a step, in order, as plain JSON: the answer to "why this activity?", from which `explain/` makes sentences. */
export type TraceEntry = ProcessEntry | ExceptionEntry | RuleDecision | LimitDecision | RollupDecision | ObjectiveWrite;

/** A process began. What stands below it, up to the next one, happened in it. */
export interface ProcessEntry {
  readonly process: ProcessId;
  readonly activity?: string;
}

/** A process gave up; the activity is the one that stood in the way, where that is another one than the process ran on. */
export interface ExceptionEntry extends ProcessEntry {
  readonly exception: ExceptionCode;
}

/** A sequencing rule whose conditions held, and what each of them was. */
export interface RuleDecision {
  readonly process: "UP.2";
  readonly activity: string;
  readonly action: RuleAction;
  /** Absent = all. */
  readonly combination?: "any";
  readonly conditions: readonly DecidedCondition[];
  /** Line of the manifest that the rule stands at, where it is known. */
  readonly line?: number;
}

/** A condition of a rule with its value, after "not". */
export interface DecidedCondition {
  readonly condition: ConditionName;
  /** Absent = the primary objective. */
  readonly objective?: string;
  readonly not?: boolean;
  readonly threshold?: number;
  readonly value: Truth;
}

/** A limit of an activity is reached (UP.1). */
export interface LimitDecision {
  readonly process: "UP.1";
  readonly activity: string;
  readonly limit: "attempts" | "duration" | "time";
  /** With attempts: how many there were, of how many. */
  readonly attempts?: number;
  readonly allowed?: number;
}

/** A roll-up rule that holds: for how many of the children that take part. */
export interface RollupDecision {
  readonly process: "RB.1.4";
  readonly activity: string;
  readonly rollup: RollupRule;
  readonly holding: number;
  readonly contributing: number;
}

/** Who may change an objective: content with its report, or a process. */
export type ObjectiveWriter =
  | "report"
  | "UP.4"
  | "RB.1.1.a"
  | "RB.1.1.b"
  | "RB.1.2.a"
  | "RB.1.2.b"
  | "RB.1.3.a"
  | "RB.1.3.b";

/** Values of an objective, or of a global one that it writes, became others. */
export interface ObjectiveWrite {
  readonly by: ObjectiveWriter;
  readonly activity: string;
  /** Place among the activity's objectives; 0 is the primary one. */
  readonly objective: Objective["position"];
  /** Id of the global objective that changed; absent = the activity's own. */
  readonly global?: string;
  /** The new values; null = no longer known. */
  readonly became: { readonly [Field in keyof ObjectiveProgress]?: ObjectiveProgress[Field] | null };
}
