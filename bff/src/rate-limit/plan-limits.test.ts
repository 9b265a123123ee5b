import { SubscriptionPlan } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import { describe, expect, it } from "vitest";
import { limitOfPlan, rateLimitTable } from "./plan-limits.ts";

describe("RATE_LIMITS", () => {
  it("is off at 0", () => expect(rateLimitTable.parse("0")).toBeUndefined());

  it("changes the limits it names and keeps the others", () =>
    expect(rateLimitTable.parse("free=5, anonymous=7")).toMatchObject({ free: 5, anonymous: 7, premium: 1_000 }));

  it("refuses names and amounts it does not know", () => {
    expect(rateLimitTable.safeParse("gold=5").success).toBe(false);
    expect(rateLimitTable.safeParse("free=lots").success).toBe(false);
  });
});

it("gives an organization without a plan the largest limit", () => {
  const limits = rateLimitTable.parse("1")!;
  expect(limitOfPlan(SubscriptionPlan.UNSPECIFIED, limits)).toBe(10_000);
  expect(limitOfPlan(SubscriptionPlan.FREE, limits)).toBe(100);
});
