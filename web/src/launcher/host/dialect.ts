import type { Completion, HostResult, Success } from "../../dispatch-protocol/host-result.ts";
import type { HostOptions } from "./host-options.ts";
import type { CallKind } from "./tolerated.ts";

/** Standards that a host speaks. */
export type Standard = "scorm12" | "scorm2004";

/** A value to set. */
export type ElementValue = readonly [element: string, value: string];

/** What a host held when the page began. */
export interface HeldResult {
  readonly completion: Completion;
  readonly success: Success;
  readonly scoreRaw?: number;
  readonly scoreMin?: number;
  readonly scoreMax?: number;
  /** Undefined when the host does not say. */
  readonly totalSeconds: number | undefined;
  readonly location: string;
  /** Token of ours in the host's suspend_data; empty for none. */
  readonly instanceToken: string;
  /** The host says that this is a fresh entry (`ab-initio`). */
  readonly freshEntry: boolean;
}

/** How one standard names its functions and elements, and how it says what we have to tell. */
export interface Dialect {
  readonly standard: Standard;
  /** Name of the object that hosts offer. */
  readonly apiName: string;
  readonly apiVersion: string;
  readonly methods: Readonly<Record<CallKind | "lastError" | "errorString", string>>;
  readonly elements: {
    readonly learnerId: string;
    readonly learnerName: string;
    readonly language: string;
    readonly entry: string;
    readonly suspendData: string;
    readonly location: string;
    readonly totalTime: string;
    readonly sessionTime: string;
    readonly exit: string;
    /** Score as raw, min, max. */
    readonly score: string;
  };
  /** Reads completion and success from the host. */
  readonly heldStatus: (get: (element: string) => string) => Pick<HeldResult, "completion" | "success">;
  /** The status and score of a result. */
  readonly resultValues: (result: HostResult, options: HostOptions) => readonly ElementValue[];
  /** Set once when the host holds no status: a page that never set one is taken for completed by SCORM 1.2 hosts. */
  readonly begunValues: readonly ElementValue[];
  /** How the page leaves. @param deliberate the learner chose to leave; otherwise the page just goes away. */
  readonly exitValues: (suspend: boolean, deliberate: boolean) => readonly ElementValue[];
  /** Seconds as the standard writes a span of time. */
  readonly duration: (seconds: number) => string;
  /** Seconds of a span of time; undefined when it is none. */
  readonly seconds: (text: string) => number | undefined;
}
