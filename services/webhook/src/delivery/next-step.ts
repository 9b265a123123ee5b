import { retryDelay } from "@coursemesh/platform/egress/retry-delay.ts";
import { AttemptOutcome, DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import type { EffectivePolicy } from "./delivery-policy.ts";

/** What an attempt means for its delivery. */
export interface NextStep {
  readonly state: DeliveryState;
  /** Until the next attempt, milliseconds. */
  readonly delayMs: number;
  readonly toFallback: boolean;
}

/** Where a delivery stood before the attempt. */
export interface Standing {
  /** Attempts of the present round before this one. */
  readonly tries: number;
  readonly toFallback: boolean;
  /** Whether there is another address to tell in its place. */
  readonly hasFallback: boolean;
}

/**
 * What comes after an attempt: done, another one after a growing pause, another address, or the end.
 * @param random from 0 to 1.
 */
export function nextStep(
  outcome: AttemptOutcome,
  retryAfterMs: number | undefined,
  { tries, toFallback, hasFallback }: Standing,
  policy: EffectivePolicy,
  random: number,
): NextStep {
  if (outcome === AttemptOutcome.DELIVERED) return { state: DeliveryState.DELIVERED, delayMs: 0, toFallback };
  const failures = tries + 1;
  if (failures < policy.maxAttempts) {
    const schedule = { minMs: policy.firstDelayMs, maxMs: policy.maxDelayMs };
    return { state: DeliveryState.RETRYING, delayMs: retryDelay(failures, schedule, random, retryAfterMs), toFallback };
  }
  if (hasFallback && !toFallback) return { state: DeliveryState.RETRYING, delayMs: 0, toFallback: true };
  return { state: DeliveryState.FAILED, delayMs: 0, toFallback };
}
