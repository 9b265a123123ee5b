import { AttemptOutcome, DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { expect, it } from "vitest";
import { nextStep, type Standing } from "./next-step.ts";

const policy = { maxAttempts: 3, firstDelayMs: 1_000, maxDelayMs: 30_000, timeoutMs: 1, suspendAfterDays: 1 };
const fresh: Standing = { tries: 0, toFallback: false, hasFallback: false };
const failed = AttemptOutcome.HTTP_STATUS;

it("ends with what arrived", () => {
  expect(nextStep(AttemptOutcome.DELIVERED, undefined, fresh, policy, 1).state).toBe(DeliveryState.DELIVERED);
});

it("waits a second, then two, and gives up after the last attempt", () => {
  const steps = [0, 1, 2].map((tries) => nextStep(failed, undefined, { ...fresh, tries }, policy, 1));
  expect(steps.map(({ state, delayMs }) => [state, delayMs])).toEqual([
    [DeliveryState.RETRYING, 1_000],
    [DeliveryState.RETRYING, 2_000],
    [DeliveryState.FAILED, 0],
  ]);
});

it("never waits less than the receiver asked for, nor more than the policy's longest otherwise", () => {
  expect(nextStep(failed, 120_000, fresh, policy, 0).delayMs).toBe(120_000);
  expect(nextStep(failed, undefined, { ...fresh, tries: 40 }, { ...policy, maxAttempts: 50 }, 1).delayMs).toBe(30_000);
});

it("turns to the other address once, with all attempts anew", () => {
  const last: Standing = { tries: 2, toFallback: false, hasFallback: true };
  expect(nextStep(failed, undefined, last, policy, 1)).toEqual({
    state: DeliveryState.RETRYING,
    delayMs: 0,
    toFallback: true,
  });
  expect(nextStep(failed, undefined, { ...last, toFallback: true }, policy, 1).state).toBe(DeliveryState.FAILED);
});
