import type { HostResult } from "../../dispatch-protocol/host-result.ts";

/** A score as a host is told. */
export interface ToldScore {
  readonly raw: number;
  readonly min?: number;
  readonly max?: number;
  /** Between -1 and 1; absent when the course's range is not known. */
  readonly scaled?: number;
}

/**
 * The score to tell; undefined when there is none.
 * @param percent as 0 to 100 instead of as the course gave it.
 */
export function scoreToTell(result: HostResult, percent: boolean): ToldScore | undefined {
  const { scoreRaw: raw, scoreMin: min, scoreMax: max } = result;
  if (raw === undefined) return undefined;
  const share = result.scoreScaled ?? shareOf(raw, min, max);
  if (percent && share !== undefined)
    return { raw: rounded(clamp(share, 0, 1) * 100), min: 0, max: 100, scaled: rounded(clamp(share, 0, 1)) };
  return {
    raw: rounded(raw),
    ...(min !== undefined && { min: rounded(min) }),
    ...(max !== undefined && { max: rounded(max) }),
    ...(share !== undefined && { scaled: rounded(clamp(share, -1, 1)) }),
  };
}

/** A number as the standards write it: no exponent, at most four decimals. */
export function numberText(value: number): string {
  return String(rounded(value));
}

/** Where a score lies between least and most; without a range it is taken for percent when it can be. */
function shareOf(raw: number, min: number | undefined, max: number | undefined): number | undefined {
  if (max !== undefined && max > (min ?? 0)) return (raw - (min ?? 0)) / (max - (min ?? 0));
  return max === undefined && raw >= 0 && raw <= 100 ? raw / 100 : undefined;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
