import type { Activity } from "./activity-index.ts";
import type { ExceptionCode } from "./exception-codes.ts";

export type TraversalDirection = "forward" | "backward";

/** What SB.2.12 and each sequencing request process answer. Everything absent = the book's "n/a". */
export interface SequencingResult {
  /** Delivery Request. */
  readonly delivery?: Activity;
  readonly endSequencingSession?: boolean;
  readonly exception?: ExceptionCode;
}

/** What SB.2.1 answers. */
export interface FlowTreeResult {
  /** Identified activity, absent when there is none. */
  readonly next?: Activity;
  readonly direction?: TraversalDirection;
  readonly endSequencingSession?: boolean;
  readonly exception?: ExceptionCode;
}

/** What SB.2.2 and SB.2.3 answer. */
export interface FlowResult {
  readonly deliverable: boolean;
  /** Where the walk ended. */
  readonly next: Activity;
  readonly endSequencingSession?: boolean;
  readonly exception?: ExceptionCode;
}

/** A sequencing request, with its target where it has one. */
export type SequencingRequestType = "start" | "resumeAll" | "continue" | "previous" | "retry" | "exit";
export type PendingSequencingRequest =
  | { readonly type: SequencingRequestType }
  | { readonly type: "choice" | "jump"; readonly target: Activity };

/** A termination request (TB.2.3). */
export type TerminationRequest = "exit" | "exitAll" | "suspendAll" | "abandon" | "abandonAll";
