import type { NavigationRequest } from "@coursemesh/scorm/sequencing/request.ts";
import type { Reason } from "../contents/reason.ts";

/** What the learner can ask a course session for. */
export type LearnerRequest =
  | { readonly type: "choice"; readonly target: string }
  | {
      readonly type: Exclude<
        NavigationRequest["type"],
        "choice" | "jump" | "forward" | "backward" | "start" | "resumeAll"
      >;
    }
  /** The course's own window is gone. */
  | { readonly type: "closed" }
  /** Open again what was open, or what there is to begin with. */
  | { readonly type: "goOn" };

/** What follows from a request, for the player to carry out. */
export type Turn =
  /** Put the session's `activity` on the stage. */
  | { readonly kind: "deliver" }
  /** The request was refused and nothing has changed; what was on the stage may still be there. */
  | { readonly kind: "refused"; readonly reason: Because }
  /** Nothing is on the stage and nothing comes: the learner chooses from the contents, or leaves. */
  | { readonly kind: "nothing"; readonly reason: Because }
  /** The window of a course that goes on was closed. */
  | { readonly kind: "windowClosed" }
  /** The learner is done for now, and everything is saved. */
  | { readonly kind: "left"; readonly how: "ended" | "suspended" };

/** Why a request led to nothing. */
export type Because =
  | Reason
  /** The first activity that could be opened waits for others. */
  | { readonly kind: "waitsFor"; readonly title: string; readonly titles: readonly string[] };
