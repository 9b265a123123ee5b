import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { AttemptOutcome, DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import type { Logger } from "pino";
import type { WebhookConfig } from "../config.ts";
import type { Claim, ClaimedDelivery } from "./claim.ts";
import { nextStep } from "./next-step.ts";
import { openTarget, outgoingRequest, type Target } from "./outgoing.ts";
import type { DeliveryResult } from "./record.ts";
import { type SentAttempt, send } from "./send.ts";

/** What sending needs. */
export interface SendDeps {
  readonly config: WebhookConfig;
  readonly clients: Clients;
  readonly egress: Egress;
  /** Opens secrets. */
  readonly key: Buffer;
  readonly logger: Logger;
}

/** Pause of a delivery whose request could not be made for a reason of ours. */
const FAULT_DELAY_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Statuses whose `Retry-After` speaks of the receiver and not of this request alone. */
const BUSY = new Set([429, 503]);

/**
 * Sends leased deliveries: side by side, or one after the other until one fails when the endpoint asked for order.
 * @param settle writes a result down.
 */
export async function deliverClaim(
  claim: Claim,
  deps: SendDeps,
  settle: (result: DeliveryResult) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let target: Target;
  try {
    target = openTarget(claim.endpoint, claim.secrets, deps.key, deps.config);
  } catch (error) {
    deps.logger.error({ err: error, endpoint: claim.endpoint.id }, "an endpoint's secrets cannot be opened");
    await Promise.all(claim.deliveries.map((delivery) => settle(untouched(claim, delivery, FAULT_DELAY_MS))));
    return;
  }
  const one = async (delivery: ClaimedDelivery): Promise<boolean> => {
    const result = await sendOne(claim, target, delivery, deps, signal);
    await settle(result);
    return result.state === DeliveryState.DELIVERED;
  };
  if (!claim.endpoint.ordered) {
    await Promise.all(claim.deliveries.map(one));
    return;
  }
  let going = true;
  for (const delivery of claim.deliveries) {
    if (going && performance.now() < claim.sendUntil) going = await one(delivery);
    else await settle(untouched(claim, delivery, 0));
  }
}

async function sendOne(
  claim: Claim,
  target: Target,
  delivery: ClaimedDelivery,
  { config: _, clients, egress, logger }: SendDeps,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  const { endpoint } = claim;
  const { policy, kind } = target;
  if (delivery.data === null) return { ...untouched(claim, delivery, 0), state: DeliveryState.FAILED };
  const url = delivery.toFallback && endpoint.fallbackUrl !== "" ? endpoint.fallbackUrl : endpoint.url;
  let attempt: SentAttempt;
  try {
    const request = await outgoingRequest(clients, target, url, delivery, new Date());
    attempt = await send(egress, request, {
      timeoutMs: policy.timeoutMs,
      redirectIsDone: kind.case === "postback",
      signal,
    });
  } catch (error) {
    if (signal.aborted) return untouched(claim, delivery, 0);
    logger.error({ err: error, delivery: delivery.id }, "a delivery's request could not be made");
    return untouched(claim, delivery, FAULT_DELAY_MS);
  }
  const retryAfterMs = attempt.retry_after_seconds > 0 ? attempt.retry_after_seconds * 1000 : undefined;
  const standing = { ...delivery, hasFallback: endpoint.fallbackUrl !== "" };
  const failed = attempt.outcome !== AttemptOutcome.DELIVERED;
  return {
    ...untouched(claim, delivery, 0),
    ...nextStep(attempt.outcome, retryAfterMs, standing, policy, Math.random()),
    attempt,
    pauseMs: failed && BUSY.has(attempt.http_status) ? Math.min(retryAfterMs ?? 0, DAY_MS) : 0,
    suspendAfterDays: policy.suspendAfterDays,
  };
}

/** The delivery goes back as it was. */
function untouched(claim: Claim, { id, tries, toFallback, test }: ClaimedDelivery, delayMs: number): DeliveryResult {
  return {
    id,
    endpointId: claim.endpoint.id,
    owner: claim.owner,
    test,
    state: tries > 0 ? DeliveryState.RETRYING : DeliveryState.QUEUED,
    delayMs,
    toFallback,
    pauseMs: 0,
    suspendAfterDays: Number.POSITIVE_INFINITY,
  };
}
