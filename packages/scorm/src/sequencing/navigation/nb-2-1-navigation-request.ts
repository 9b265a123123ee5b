import type { Activity } from "../activity-index.ts";
import { commonAncestor, pathUpTo } from "../activity-path.ts";
import { type Draft, enter, isAvailable, raise, trackingOf } from "../draft.ts";
import type { ExceptionCode } from "../exception-codes.ts";
import type { NavigationRequest } from "../request.ts";
import type { PendingSequencingRequest, TerminationRequest } from "../sequencing-result.ts";

/** A valid request: what must end first, and what is to come then. */
export interface NavigationResult {
  readonly termination?: TerminationRequest;
  readonly sequencing?: PendingSequencingRequest;
}

type Answer = NavigationResult | { readonly exception: ExceptionCode };

/** NB.2.1 Navigation Request Process. Whether a navigation request makes sense now, and the requests that it stands for. */
export function navigationRequest(draft: Draft, request: NavigationRequest): Answer {
  enter(draft, "NB.2.1");
  const { current } = draft;
  switch (request.type) {
    // 1. Start: only before the session.
    case "start":
      return current === undefined ? { sequencing: { type: "start" } } : raise(draft, "NB.2.1-1");
    // 2. Resume All: only before the session, and when something was suspended.
    case "resumeAll":
      if (current !== undefined) return raise(draft, "NB.2.1-1");
      return draft.suspended === undefined ? raise(draft, "NB.2.1-3") : { sequencing: { type: "resumeAll" } };
    // 3. Continue: where the parent lets learners flow.
    case "continue":
      if (current === undefined) return raise(draft, "NB.2.1-2");
      if (current.parent === undefined || !current.parent.controlMode.flow) return raise(draft, "NB.2.1-4");
      return { ...exitIfActive(draft, current), sequencing: { type: "continue" } };
    // 4. Previous: where the parent lets learners flow both ways.
    case "previous":
      if (current === undefined) return raise(draft, "NB.2.1-2");
      if (current.parent === undefined) return raise(draft, "NB.2.1-6");
      if (!current.parent.controlMode.flow || current.parent.controlMode.forwardOnly) return raise(draft, "NB.2.1-5");
      return { ...exitIfActive(draft, current), sequencing: { type: "previous" } };
    // 5. and 6. Forward and Backward mean nothing in SCORM.
    case "forward":
    case "backward":
      return raise(draft, "NB.2.1-7");
    // 7.
    case "choice":
      return choice(draft, request.target);
    // 8. Exit
    case "exit":
      if (current === undefined) return raise(draft, "NB.2.1-2");
      if (!trackingOf(draft, current).active) return raise(draft, "NB.2.1-12");
      return { termination: "exit", sequencing: { type: "exit" } };
    // 10. Abandon
    case "abandon":
      if (current === undefined) return raise(draft, "NB.2.1-2");
      if (!trackingOf(draft, current).active) return raise(draft, "NB.2.1-12");
      return { termination: "abandon", sequencing: { type: "exit" } };
    // 9., 11. and 12. Exit All, Abandon All, Suspend All
    case "exitAll":
    case "abandonAll":
    case "suspendAll":
      if (current === undefined) return raise(draft, "NB.2.1-2");
      return { termination: request.type, sequencing: { type: "exit" } };
    // Jump (4th edition): to an activity that is available in its parent.
    case "jump":
      return jump(draft, request.target);
    // 13. Requests of content are text, so that this one can come up although the type is closed.
    default:
      return raise(draft, "NB.2.1-13");
  }
}

function exitIfActive(draft: Draft, current: Activity): { readonly termination?: TerminationRequest } {
  return trackingOf(draft, current).active ? { termination: "exit" } : {};
}

function choice(draft: Draft, identifier: string): Answer {
  const { current } = draft;
  // 7.1 The target exists, and is the root or in a cluster that allows choice.
  const target = draft.course.byIdentifier.get(identifier);
  if (target === undefined) return raise(draft, "NB.2.1-11");
  if (target.parent !== undefined && !target.parent.controlMode.choice) return raise(draft, "NB.2.1-10");
  const sequencing: PendingSequencingRequest = { type: "choice", target };
  // 7.1.1.1 Choosing may begin a session.
  if (current === undefined) return { sequencing };
  // 7.1.1.2 Everything active that would be left, a leaf too, lets learners leave by choice.
  const path = pathUpTo(current, commonAncestor(current, target));
  const held = path.find((activity) => trackingOf(draft, activity).active && !activity.controlMode.choiceExit);
  if (held !== undefined) return raise(draft, "NB.2.1-8", held);
  return { ...exitIfActive(draft, current), sequencing };
}

function jump(draft: Draft, identifier: string): Answer {
  const { current } = draft;
  const target = draft.course.byIdentifier.get(identifier);
  if (!draft.behaviour.jumpRequests) return raise(draft, "NB.2.1-13");
  if (target === undefined) return raise(draft, "NB.2.1-11");
  if (!isAvailable(draft, target)) return raise(draft, "NB.2.1-11");
  if (current === undefined) return raise(draft, "NB.2.1-2");
  return { ...exitIfActive(draft, current), sequencing: { type: "jump", target } };
}
