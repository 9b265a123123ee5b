import { inTenant } from "@coursemesh/platform/db/database.ts";
import { reasonOf, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import type { Admission, RefusalPage } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { tellAiccHost } from "../aicc/queue-telling.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import type { SessionRow } from "../external_session/session-row.ts";
import type { AdmissionFacts } from "../licence/may-admit.ts";
import { takeResult } from "../results/take-result.ts";
import { admissionOf } from "./admission.ts";
import { type AdmittedLaunch, admit, sessionOf } from "./admit.ts";
import { courseOf, type DispatchFacts } from "./dispatch-facts.ts";
import { CODE_MS, type ExchangeRow, exchangeOfRequest } from "./exchange-row.ts";
import { languageOf } from "./host-facts.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { storedLearner } from "./learner-facts.ts";
import { refusalPage, refusedBefore, refuseLaunch } from "./refuse-launch.ts";
import { registerSession } from "./register-session.ts";

/** What becomes of a launch, as three RPCs answer it. */
export type LaunchOutcome =
  | { readonly case: "admission"; readonly value: Admission }
  | { readonly case: "refusal"; readonly value: RefusalPage };

/**
 * Opens a launch: admits it under the terms and gives its session a registration, or refuses it. The same request within a minute gets the
 * same answer.
 * @throws EXCHANGE_INVALID for a repeat that comes later, REQUEST_ID_REUSED
 */
export async function openLaunch(
  parts: DispatchParts,
  dispatch: DispatchFacts,
  request: LaunchRequest,
): Promise<LaunchOutcome> {
  const { tenant_id: tenantId, id: dispatchId } = dispatch;
  const since = new Date(parts.now().getTime() - CODE_MS);
  const before = await inTenant(parts.pool(), tenantId, async (client) => ({
    exchange: await exchangeOfRequest(client, dispatchId, request.requestId),
    reason: await refusedBefore(client, dispatchId, request.requestId, since),
  }));
  if (before.exchange) return answerAgain(parts, dispatch, before.exchange, request);
  if (before.reason !== undefined) return refused(dispatch, before.reason, request);
  const course = await courseOf(parts, dispatch);
  const key = await parts.keys.current(tenantId);
  const outcome = await admit(parts, tenantId, request, playable(course), key);
  if ("reason" in outcome) return { case: "refusal", value: await refuseLaunch(parts, outcome, request) };
  if (outcome.learner === undefined) return answerAgain(parts, dispatch, outcome.exchange, request);
  return answer(parts, outcome, request);
}

async function answerAgain(
  parts: DispatchParts,
  dispatch: DispatchFacts,
  exchange: ExchangeRow,
  request: LaunchRequest,
): Promise<LaunchOutcome> {
  if (exchange.request_hash !== request.requestHash) throw requestIdReused(request.requestId);
  if (exchange.expires_at <= parts.now()) throw errors.exchangeInvalid();
  const session = await inTenant(parts.pool(), dispatch.tenant_id, (client) => sessionOf(client, exchange));
  return answer(parts, { dispatch, session, exchange, learner: undefined }, request);
}

/** What follows an admission; it may be done again, whatever of it was done before. */
async function answer(
  parts: DispatchParts,
  { dispatch, session, exchange, learner }: AdmittedLaunch,
  request: LaunchRequest,
): Promise<LaunchOutcome> {
  const place = {
    tenantId: dispatch.tenant_id,
    destinationId: dispatch.destination_id,
    destination: dispatch.destination_external_id,
  };
  const rules = { hashLearner: dispatch.hash_learner, tracked: dispatch.tracking_enabled };
  // A host that names nobody gave none the first time either; what was stored then is the learner.
  const named = { ...request.learner, id: request.learner.id.trim() === "" ? session.learner_id : request.learner.id };
  const { runtime } = learner ?? storedLearner(parts.learnerKey, place, named, rules);
  try {
    const registered = await registerSession(parts, dispatch, session, runtime);
    const current = session.registration_id === null ? registered : await takeResult(parts, registered);
    if (request.aicc) await tellWhatIsOwed(parts, current);
    const key = await parts.keys.byId(exchange.signing_key_id);
    if (key === undefined) throw errors.exchangeInvalid();
    return { case: "admission", value: admissionOf(parts.config, dispatch, current, exchange, key) };
  } catch (error) {
    if (reasonOf(error) !== "COURSE_NOT_FOUND") throw error;
    return refused(dispatch, RefusalReason.COURSE_UNAVAILABLE, request);
  }
}

/** What an AICC host has not taken so far, its new session takes. */
async function tellWhatIsOwed(parts: DispatchParts, session: SessionRow): Promise<void> {
  if (Number(session.result_sequence) <= Number(session.acknowledged_sequence)) return;
  const job = { tenantId: session.tenant_id, externalSessionId: session.id };
  await inTenant(parts.pool(), session.tenant_id, (client) => tellAiccHost(parts, client, job));
}

function refused(dispatch: DispatchFacts, reason: RefusalReason, { learner }: LaunchRequest): LaunchOutcome {
  return { case: "refusal", value: refusalPage(dispatch, reason, languageOf(learner)) };
}

function playable(course: { readonly archived: boolean } | undefined): AdmissionFacts["course"] {
  if (course === undefined) return "none";
  return course.archived ? "resume" : "available";
}
