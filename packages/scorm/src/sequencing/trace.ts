import type { ConditionName, RuleAction } from "./activity-tree.ts";
import type { ExceptionCode } from "./exception-codes.ts";
import type { ProcessId } from "./process-id.ts";

/** A condition's value: `undefined` is the book's "Unknown". */
export type Truth = boolean | undefined;

/** One thing that happened in a step, in order: which process ran, on which activity, and what it decided. The answer to "why this activity?". */
export type TraceEntry =
  | { readonly process: ProcessId; readonly activity?: string }
  | { readonly process: ProcessId; readonly exception: ExceptionCode; readonly activity?: string }
  | RuleDecision
  | {
      readonly process: ProcessId;
      readonly activity: string;
      readonly became: Readonly<Record<string, Truth | number>>;
    };

/** A sequencing rule whose conditions held, and what each of them was. */
export interface RuleDecision {
  readonly process: "UP.2";
  readonly activity: string;
  readonly action: RuleAction;
  readonly conditions: readonly {
    readonly condition: ConditionName;
    readonly objective?: string;
    readonly not?: boolean;
    readonly value: Truth;
  }[];
}
