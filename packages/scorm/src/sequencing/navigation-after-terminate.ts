import type { NavigationRequest } from "./request.ts";
import type { ExitReason } from "./run-time-input.ts";

/**
 * The navigation request that follows the end of a SCO (RTE 4.2.8, 4.4.1): what the learner chose wins over what the SCO asked for with
 * `adl.nav.request`; a SCO that ran out of time, or whose learner logged out, ends the course instead of carrying out its own request. Undefined =
 * wait for the learner.
 */
export function navigationAfterTerminate(
  exit: ExitReason,
  byContent: NavigationRequest | undefined,
  byLearner?: NavigationRequest,
): NavigationRequest | undefined {
  if (byLearner !== undefined) return byLearner;
  return exit === "time-out" || exit === "logout" ? { type: "exitAll" } : byContent;
}
