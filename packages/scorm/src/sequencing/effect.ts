import type { ExceptionCode } from "./exception-codes.ts";
import type { Delivery } from "./run-time-input.ts";

/** What the run-time environment has to do after a step. */
export type Effect =
  /** Launch this activity. */
  | { readonly type: "deliver"; readonly delivery: Delivery }
  /** The sequencing session is over. */
  | { readonly type: "endSession"; readonly how: "exited" | "suspended" | "abandoned" }
  /** The request is not possible now; nothing has changed and the current activity goes on. */
  | { readonly type: "refused"; readonly exception: ExceptionCode }
  /** The current activity has ended, and nothing follows: learners choose from the table of contents or leave. With an exception when one stood in the way. */
  | { readonly type: "nothing"; readonly exception?: ExceptionCode };
