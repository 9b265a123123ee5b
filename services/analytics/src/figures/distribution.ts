import type { ValueCount } from "./cohort.ts";

/** Mean, median and population standard deviation; undefined of nothing. */
export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly deviation: number;
}

/** @param values ascending. */
export function spreadOf(values: readonly ValueCount[]): Spread | undefined {
  const total = values.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefined;
  const mean = values.reduce((sum, { value, count }) => sum + value * count, 0) / total;
  const squares = values.reduce((sum, { value, count }) => sum + (value - mean) ** 2 * count, 0);
  return { mean, median: medianOf(values, total), deviation: Math.sqrt(squares / total) };
}

function medianOf(values: readonly ValueCount[], total: number): number {
  const at = (place: number): number => {
    let passed = 0;
    for (const { value, count } of values) {
      passed += count;
      if (passed > place) return value;
    }
    return 0;
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}

/** A step of a distribution: from inclusive, to exclusive but for the last. */
export interface DistributionPart {
  readonly from: number;
  readonly to: number;
  readonly count: bigint;
}

/** Counts values in even steps between two bounds, which hold them all. */
export function distributionOf(
  values: readonly ValueCount[],
  from: number,
  to: number,
  steps: number,
): DistributionPart[] {
  const counts = Array.from({ length: steps }, () => 0);
  for (const { value, count } of values) {
    const step = Math.min(steps - 1, Math.max(0, Math.floor(((value - from) * steps) / (to - from))));
    counts[step] = (counts[step] ?? 0) + count;
  }
  const bound = (step: number): number => from + ((to - from) * step) / steps;
  return counts.map((count, step) => ({ from: bound(step), to: bound(step + 1), count: BigInt(count) }));
}
