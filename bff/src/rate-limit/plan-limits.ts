import { SubscriptionPlan } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import { z } from "zod";

/** Calls an hour: by plan for those who are known, by address for those who are not. */
export interface PlanLimits {
  readonly free: number;
  readonly basic: number;
  readonly premium: number;
  readonly enterprise: number;
  readonly anonymous: number;
}

const DEFAULTS: PlanLimits = { free: 100, basic: 500, premium: 1_000, enterprise: 10_000, anonymous: 50 };

/** Text of RATE_LIMITS: `0`, `1`, or some limits by name. Undefined: no limits. */
export const rateLimitTable = z.string().transform((text, context): PlanLimits | undefined => {
  if (text === "0") return undefined;
  if (text === "1") return DEFAULTS;
  const given: Record<string, number> = {};
  for (const pair of text.split(",")) {
    const [name = "", amount = ""] = pair.split("=").map((part) => part.trim());
    if (!(name in DEFAULTS) || !/^\d+$/.test(amount)) {
      context.addIssue(`"${pair}" is not one of ${Object.keys(DEFAULTS).join(", ")} with a number, as in free=100`);
      return z.NEVER;
    }
    given[name] = Number(amount);
  }
  return { ...DEFAULTS, ...given };
});

/** Limit of a plan. An organization without a plan runs its own installation and has the largest. */
export function limitOfPlan(plan: SubscriptionPlan, limits: PlanLimits): number {
  switch (plan) {
    case SubscriptionPlan.FREE:
      return limits.free;
    case SubscriptionPlan.BASIC:
      return limits.basic;
    case SubscriptionPlan.PREMIUM:
      return limits.premium;
    default:
      return limits.enterprise;
  }
}
