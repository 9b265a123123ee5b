import { deliveryRequest } from "../delivery/db-1-1-delivery-request.ts";
import { contentDeliveryEnvironment } from "../delivery/db-2-content-delivery-environment.ts";
import { deliveryOf } from "../delivery-of.ts";
import { type Draft, enter, trackingOf } from "../draft.ts";
import type { Effect } from "../effect.ts";
import { forgetGlobalObjectives } from "../forget-global-objectives.ts";
import { navigationRequest } from "../navigation/nb-2-1-navigation-request.ts";
import type { NavigationRequest } from "../request.ts";
import { prepareChildren } from "../selection/prepare-children.ts";
import { sequencingRequest } from "../sequencing/sb-2-12-sequencing-request.ts";
import type { PendingSequencingRequest } from "../sequencing-result.ts";
import { terminationRequest } from "../termination/tb-2-3-termination-request.ts";
import { endAttempt } from "../utility/up-4-end-attempt.ts";

/** OP.1 Overall Sequencing Process, one turn of its loop: one navigation request from beginning to end. */
export function overallSequencing(draft: Draft, request: NavigationRequest): Effect {
  enter(draft, "OP.1");
  prepareChildren(draft);
  if (draft.current === undefined) forgetGlobalObjectives(draft);
  // 1.1 and 1.2 Is the request valid now?
  const navigation = navigationRequest(draft, request);
  if ("exception" in navigation) return { type: "refused", exception: navigation.exception };
  // 1.3 End first what has to end; rules may replace what was asked for.
  let pending: PendingSequencingRequest | undefined = navigation.sequencing;
  if (navigation.termination !== undefined) {
    const { exception, sequencing } = terminationRequest(draft, navigation.termination);
    // A rule that leads out of the tree is found when the attempt has ended already.
    if (exception === "TB.2.3-4") return { type: "nothing", exception };
    if (exception !== undefined) return { type: "refused", exception };
    if (sequencing !== undefined) pending = { type: sequencing };
    if (sequencing === "retry" && draft.current === draft.course.root) forgetGlobalObjectives(draft);
  }
  if (pending === undefined) return { type: "nothing" };
  // 1.4 What comes next?
  const { delivery, endSequencingSession, exception } = sequencingRequest(draft, pending);
  if (endSequencingSession || exception === "SB.2.1-1") return endSession(draft, request);
  if (exception !== undefined) return { type: "nothing", exception };
  if (delivery === undefined) return { type: "nothing" };
  // 1.5 May it be delivered?
  const refusal = deliveryRequest(draft, delivery);
  if (refusal !== undefined) return { type: "nothing", exception: refusal };
  const delivered = contentDeliveryEnvironment(draft, delivery);
  if ("exception" in delivered) return { type: "nothing", exception: delivered.exception };
  return { type: "deliver", delivery: deliveryOf(draft, delivery, delivered.resumed) };
}

/** The session is over: no current activity, so that the next request begins a new session. */
function endSession(draft: Draft, { type }: NavigationRequest): Effect {
  const { root } = draft.course;
  // Not in spec: SB.2.1 ends every attempt below the root and leaves the root active; a session that is over has no active attempt.
  if (trackingOf(draft, root).active) {
    draft.current = root;
    endAttempt(draft, root);
  }
  draft.current = undefined;
  const how = type === "suspendAll" ? "suspended" : type === "abandonAll" ? "abandoned" : "exited";
  return { type: "endSession", how };
}
