/** The middle one; of an even count the upper of the two. */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5);
}

/** @param share 0.99 for the value that 99% lie below. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
