import { expect, it } from "vitest";
import { type AttemptState, nextAttempt } from "./lockout.ts";

const policy = { failures: 3, windowSeconds: 60, lockSeconds: 100 };
const at = (seconds: number) => new Date(seconds * 1000);

function attempts(...seconds: number[]): AttemptState | undefined {
  let state: AttemptState | undefined;
  for (const second of seconds) {
    const decision = nextAttempt(state, at(second), policy);
    if (decision.allowed) state = decision.state;
  }
  return state;
}

it("allows as many attempts as the policy says, then says how long to wait", () => {
  expect(nextAttempt(attempts(0, 1), at(2), policy)).toMatchObject({ allowed: true });
  expect(nextAttempt(attempts(0, 1, 2), at(12), policy)).toEqual({ allowed: false, retryAfterSeconds: 90 });
});

it("begins again after the window and after the lock", () => {
  expect(nextAttempt(attempts(0, 1), at(60), policy)).toMatchObject({ state: { failures: 1, lockedUntil: null } });
  expect(nextAttempt(attempts(0, 1, 2), at(102), policy)).toMatchObject({ state: { failures: 1, lockedUntil: null } });
});

it("does not lengthen a lock by attempts during it", () => {
  expect(attempts(0, 1, 2, 50, 100)).toEqual(attempts(0, 1, 2));
});
