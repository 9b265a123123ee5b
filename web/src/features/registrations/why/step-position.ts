/** What linking steps and calls needs of a step. */
export interface StepLike {
  readonly id: string;
  readonly launchId: string;
  readonly seq: number;
}

/** A step's address is that of the call it answered: `<launch>:<seq>`. */
export function positionOfStep({ launchId, seq }: StepLike): string {
  return `${launchId}:${seq}`;
}

/**
 * Index of the last step that a call had seen: the one it caused, or the newest before it. The last step of all when the address names no launch
 * with steps.
 */
export function stepIndexAt(steps: readonly StepLike[], position: string | undefined): number {
  const last = steps.length - 1;
  const [launchId, number = ""] = (position ?? "").split(":");
  const first = steps.findIndex((step) => step.launchId === launchId);
  if (first < 0) return last;
  const seen = steps.findLastIndex((step) => step.launchId === launchId && step.seq <= Number(number));
  return seen >= 0 ? seen : Math.max(0, first - 1);
}

/** Number of each launch that has steps, from 1, in the order they began. */
export function launchNumbers(steps: readonly StepLike[]): ReadonlyMap<string, number> {
  return new Map([...new Set(steps.map(({ launchId }) => launchId))].map((id, at) => [id, at + 1]));
}
