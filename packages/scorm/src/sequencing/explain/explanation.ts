import type { SequencingRequest } from "../request.ts";
import type { TraceEntry } from "../trace.ts";

/** What sort of thing decided. */
export type DecisionKind =
  | "preCondition"
  | "postCondition"
  | "exit"
  | "rollup"
  | "limit"
  | "controlMode"
  | "constrainedChoice"
  | "selection"
  | "randomization"
  | "objectiveMap"
  | "deliveryControl"
  | "content";

/** One rule or control that decided something, in words. */
export interface Decision {
  readonly kind: DecisionKind;
  /** Activity that carries the rule; may be an ancestor of the one asked about. */
  readonly activity: string;
  /** The rule in words, empty where no rule of the manifest is behind it. */
  readonly rule: string;
  /** Line of the manifest that the rule stands at, where it is known. */
  readonly line?: number;
  /** Process of the specification, empty when content decided. */
  readonly process: string;
  readonly sentence: string;
  /** Values that were looked at. */
  readonly facts: readonly Fact[];
}

/** A value that a decision rests on. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Step in which it came to be; empty for a default. */
  readonly step: string;
  /** Activity that wrote it; empty when it came from elsewhere. */
  readonly activity: string;
}

/** One process as it ran. */
export interface ProcessRun {
  readonly process: string;
  /** Typical nesting below the overall process, from 0. */
  readonly depth: number;
  /** Empty for none. */
  readonly activity: string;
  readonly result: string;
  /** Code, empty for none. */
  readonly exception: string;
  readonly decisions: readonly Decision[];
}

/** A step that was taken, as far as it explains something. */
export interface ToldStep extends Pick<SequencingRequest, "navigation"> {
  readonly id: string;
  readonly trace: readonly TraceEntry[];
  /** Global objectives that others had changed before it, by id, with the step that wrote each, empty after a correction by hand. */
  readonly takenIn?: Readonly<Record<string, string>>;
}

/** A place in the story: before this entry of this step. */
export interface Moment {
  readonly step: number;
  readonly entry: number;
}
