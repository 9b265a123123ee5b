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

/** How long others wait behind a request. */
const PATIENCE_MS = 1_000;
/** Pause of a delivery whose request could not be made for a reason of ours. */
const FAULT_DELAY_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Statuses whose `Retry-After` speaks of the receiver and not of this request alone. */
const BUSY = new Set([429, 503]);
const GONE = 410;

/**
 * Sends leased deliveries, lanes side by side. A lane goes on after a failure unless the endpoint asked for order.
 * @param settle writes a result down.
 */
export async function deliverClaim(
  claim: Claim,
  deps: SendDeps,
  settle: (result: DeliveryResult) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let target: Target | undefined;
  try {
    target = openTarget(claim.endpoint, claim.secrets, deps.key, deps.config);
  } catch (error) {
    deps.logger.error({ err: error, endpoint: claim.endpoint.id }, "an endpoint's secrets cannot be opened");
  }
  const sending = { claim, target, deps, settle, signal, going: true };
  await Promise.all(claim.lanes.map((lane) => sendLane(lane, sending)));
}

/** What the lanes of a claim have in common. */
interface Sending {
  readonly claim: Claim;
  /** Undefined when it cannot be opened. */
  readonly target: Target | undefined;
  readonly deps: SendDeps;
  readonly settle: (result: DeliveryResult) => Promise<void>;
  readonly signal: AbortSignal;
  /** False once nothing more is to be sent: what is left goes back. */
  going: boolean;
}

/** Sends a lane. What waits behind a request for too long goes back for another lane, unless order was asked for. */
async function sendLane(lane: readonly ClaimedDelivery[], sending: Sending): Promise<void> {
  const { claim, target, deps, signal } = sending;
  const { ordered } = claim.endpoint;
  const waiting = [...lane];
  const written: Promise<void>[] = [];
  let left = lane.length;
  const settle = (result: Omit<DeliveryResult, "laneOver">): void => {
    left -= 1;
    written.push(sending.settle({ ...result, laneOver: left === 0 }));
  };
  const giveBack = (): void => {
    const delayMs = target === undefined ? FAULT_DELAY_MS : 0;
    for (const delivery of waiting.splice(0)) settle(untouched(claim, delivery, delayMs));
  };
  while (target !== undefined && sending.going && performance.now() < claim.sendUntil) {
    const delivery = waiting.shift();
    if (delivery === undefined) break;
    const patience = ordered ? undefined : setTimeout(giveBack, PATIENCE_MS);
    const result = await sendOne(claim, target, delivery, deps, signal);
    clearTimeout(patience);
    if (stopsOthers(result) || (ordered && result.state !== DeliveryState.DELIVERED)) sending.going = false;
    // In order, nothing is sent before what came of the one before is certain; otherwise one result at most is still on its way.
    if (!ordered) await written.at(-1);
    settle(result);
    if (ordered) await written.at(-1);
  }
  giveBack();
  await Promise.all(written);
}

/** Whether the receiver said that it wants nothing at present. */
function stopsOthers({ pauseMs, attempt }: Omit<DeliveryResult, "laneOver">): boolean {
  return pauseMs > 0 || attempt?.http_status === GONE;
}

async function sendOne(
  claim: Claim,
  target: Target,
  delivery: ClaimedDelivery,
  { config: _, clients, egress, logger }: SendDeps,
  signal: AbortSignal,
): Promise<Omit<DeliveryResult, "laneOver">> {
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
function untouched(
  claim: Claim,
  { id, lane, tries, toFallback, test }: ClaimedDelivery,
  delayMs: number,
): Omit<DeliveryResult, "laneOver"> {
  return {
    id,
    endpointId: claim.endpoint.id,
    lane,
    test,
    state: tries > 0 ? DeliveryState.RETRYING : DeliveryState.QUEUED,
    delayMs,
    toFallback,
    pauseMs: 0,
    suspendAfterDays: Number.POSITIVE_INFINITY,
  };
}
