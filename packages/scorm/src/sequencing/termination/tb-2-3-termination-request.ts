import { pathToRoot } from "../activity-path.ts";
import { changeTracking, type Draft, enter, raise, setTracking, trackingOf } from "../draft.ts";
import type { ExceptionCode } from "../exception-codes.ts";
import { overallRollup } from "../rollup/rb-1-5-overall-rollup.ts";
import type { SequencingRequestType, TerminationRequest } from "../sequencing-result.ts";
import { terminateDescendentAttempts } from "../utility/up-3-terminate-descendent-attempts.ts";
import { endAttempt, stopped } from "../utility/up-4-end-attempt.ts";
import { sequencingExitActionRules } from "./tb-2-1-sequencing-exit-action-rules.ts";
import { sequencingPostConditionRules } from "./tb-2-2-sequencing-post-condition-rules.ts";

/** Exception, or a sequencing request that replaces the one which was asked for; neither = go on with that one. */
export interface TerminationResult {
  readonly sequencing?: SequencingRequestType;
  readonly exception?: ExceptionCode;
}

/** TB.2.3 Termination Request Process. */
export function terminationRequest(draft: Draft, request: TerminationRequest): TerminationResult {
  enter(draft, "TB.2.3", draft.current);
  const { current } = draft;
  // 1. There must be a current activity.
  if (current === undefined) return raise(draft, "TB.2.3-1");
  // 2. Only what is active can be left or abandoned.
  if ((request === "exit" || request === "abandon") && !trackingOf(draft, current).active) {
    return raise(draft, "TB.2.3-2");
  }
  switch (request) {
    case "exit":
      return exit(draft);
    case "exitAll":
      return exitAll(draft, "exit");
    case "suspendAll":
      return suspendAll(draft);
    case "abandon":
      // 6. Nothing is rolled up, nothing is decided.
      setTracking(draft, current, stopped(trackingOf(draft, current), draft.environment.now));
      return {};
    case "abandonAll":
      // 7. The same for everything above.
      for (const activity of pathToRoot(current)) {
        setTracking(draft, activity, stopped(trackingOf(draft, activity), draft.environment.now));
      }
      draft.current = draft.course.root;
      return { sequencing: "exit" };
  }
}

function exit(draft: Draft): TerminationResult {
  let current = draft.current ?? draft.course.root;
  // 3.1 and 3.2 End the attempt, and whatever an exit rule takes with it.
  endAttempt(draft, current);
  sequencingExitActionRules(draft);
  // 3.3 Post-condition rules, upward for as long as a rule leaves the parent too.
  for (;;) {
    current = draft.current ?? current;
    const { termination, sequencing } = sequencingPostConditionRules(draft, current);
    // 3.3.3 All of it.
    if (termination === "exitAll") return exitAll(draft, sequencing ?? "exit");
    if (termination === "exitParent") {
      // 3.3.4
      if (current.parent === undefined) return raise(draft, "TB.2.3-4");
      draft.current = current.parent;
      endAttempt(draft, current.parent);
      continue;
    }
    // 3.3.5 The root has ended: so does the session, unless the root is tried again.
    if (current.parent === undefined && sequencing !== "retry") return { sequencing: "exit" };
    // 3.4 and 3.5
    return sequencing === undefined ? {} : { sequencing };
  }
}

function exitAll(draft: Draft, sequencing: SequencingRequestType): TerminationResult {
  const { root } = draft.course;
  // 4.1 to 4.5
  if (draft.current !== undefined && trackingOf(draft, draft.current).active) endAttempt(draft, draft.current);
  terminateDescendentAttempts(draft, root);
  if (draft.current !== root || trackingOf(draft, root).active) endAttempt(draft, root);
  draft.current = root;
  return { sequencing };
}

function suspendAll(draft: Draft): TerminationResult {
  const current = draft.current ?? draft.course.root;
  const { active, suspended } = trackingOf(draft, current);
  // 5.1 What the activity has reached so far counts already.
  if (active || suspended) {
    overallRollup(draft, current);
    draft.suspended = current;
  } else {
    // 5.2 An activity that has ended cannot be suspended; its parent can.
    if (current.parent === undefined) return raise(draft, "TB.2.3-3");
    draft.suspended = current.parent;
  }
  // 5.3 to 5.5
  for (const activity of pathToRoot(draft.suspended)) {
    setTracking(draft, activity, stopped(trackingOf(draft, activity), draft.environment.now));
    changeTracking(draft, activity, { suspended: true });
  }
  // 5.6 and 5.7
  draft.current = draft.course.root;
  return { sequencing: "exit" };
}
