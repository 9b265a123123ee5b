import type { StepLike } from "./step-position.ts";

/** A step as it was beside the same request as it would have been; absent once the requests do not fit any more. */
export interface WhatIfRow<Step> {
  readonly was: Step;
  readonly wouldBe: Step | undefined;
  readonly firstDifference: boolean;
}

/** Lays what would have happened beside what happened. */
export function whatIfRows<Step extends StepLike>(
  steps: readonly Step[],
  simulated: readonly Step[],
  firstDifferenceId: string,
): WhatIfRow<Step>[] {
  const wouldBe = new Map(simulated.map((step) => [step.id, step]));
  return steps.map((was) => ({
    was,
    wouldBe: wouldBe.get(was.id),
    firstDifference: was.id === firstDifferenceId,
  }));
}
