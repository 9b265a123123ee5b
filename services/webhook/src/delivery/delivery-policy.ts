import type { DeliveryPolicy } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type { WebhookConfig } from "../config.ts";

/** How deliveries to an endpoint are made, nothing left open. */
export interface EffectivePolicy {
  readonly maxAttempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  readonly timeoutMs: number;
  readonly suspendAfterDays: number;
}

/** Fills an endpoint's policy up with the installation's defaults. */
export function effectivePolicy(policy: DeliveryPolicy, config: WebhookConfig): EffectivePolicy {
  const firstDelayMs = policy.firstDelayMs || config.WEBHOOK_FIRST_DELAY_MS;
  return {
    maxAttempts: policy.maxAttempts || config.WEBHOOK_MAX_ATTEMPTS,
    firstDelayMs,
    maxDelayMs: Math.max(policy.maxDelayMs || config.WEBHOOK_MAX_DELAY_MS, firstDelayMs),
    timeoutMs: policy.timeoutMs || config.WEBHOOK_TIMEOUT_MS,
    suspendAfterDays: policy.suspendAfterDays || config.WEBHOOK_SUSPEND_DAYS,
  };
}
