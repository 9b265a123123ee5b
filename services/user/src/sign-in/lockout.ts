/** When an address is locked, and for how long. */
export interface LockoutPolicy {
  readonly failures: number;
  readonly windowSeconds: number;
  readonly lockSeconds: number;
}

/** What is known of an address. */
export interface AttemptState {
  readonly failures: number;
  readonly windowStart: Date;
  readonly lockedUntil: Date | null;
}

export type AttemptDecision =
  | { readonly allowed: true; readonly state: AttemptState }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

/**
 * Decides whether an attempt may be made, and counts it as a failure beforehand: many attempts at once cannot all slip through before
 * the first of them is counted. A success forgets the state.
 */
export function nextAttempt(state: AttemptState | undefined, now: Date, policy: LockoutPolicy): AttemptDecision {
  if (state?.lockedUntil && state.lockedUntil > now) {
    const retryAfterSeconds = Math.ceil((state.lockedUntil.getTime() - now.getTime()) / 1000);
    return { allowed: false, retryAfterSeconds };
  }
  const continues =
    state !== undefined &&
    state.lockedUntil === null &&
    now.getTime() - state.windowStart.getTime() < policy.windowSeconds * 1000;
  const failures = continues ? state.failures + 1 : 1;
  const lockedUntil = failures >= policy.failures ? new Date(now.getTime() + policy.lockSeconds * 1000) : null;
  return { allowed: true, state: { failures, windowStart: continues ? state.windowStart : now, lockedUntil } };
}
