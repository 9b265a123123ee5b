import type { AttemptReport } from "./run-time-input.ts";

/** What a learner, the LMS or content (`adl.nav.request`) asks for (SN 5.6.3). */
export type NavigationRequest =
  | { readonly type: Exclude<NavigationRequestType, "choice" | "jump"> }
  | { readonly type: "choice" | "jump"; readonly target: string };

export type NavigationRequestType =
  | "start"
  | "resumeAll"
  | "continue"
  | "previous"
  | "forward"
  | "backward"
  | "choice"
  | "jump"
  | "exit"
  | "exitAll"
  | "abandon"
  | "abandonAll"
  | "suspendAll";

/**
 * One call of `step`. A report comes first when content said something since the last step: it is written to the tracking model of the current
 * activity before the navigation request is looked at. A step with a report only (Commit, or Terminate without a request) changes no activity.
 */
export interface SequencingRequest {
  readonly report?: AttemptReport;
  readonly navigation?: NavigationRequest;
}
