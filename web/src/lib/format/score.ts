import { ABSENT } from "./duration.ts";

/** A score as a view carries it; `raw` and `max` when the course gave them. */
export interface ScoreNumbers {
  readonly scaled: number;
  readonly raw?: number | undefined;
  readonly max?: number | undefined;
}

/** "92% (46/50)", "92%" when the raw score says the same, absent without a score. */
export function formatScore(score: ScoreNumbers | undefined): string {
  if (!score || !Number.isFinite(score.scaled)) return ABSENT;
  const percent = `${trimmed(score.scaled * 100)}%`;
  if (score.raw === undefined || score.max === undefined || score.max === 100) return percent;
  return `${percent} (${trimmed(score.raw)}/${trimmed(score.max)})`;
}

/** A share as whole percent; "<1%" and ">99%" keep a remainder visible. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return ABSENT;
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 1) return "<1%";
  if (percent > 99 && percent < 100) return ">99%";
  return `${Math.round(percent)}%`;
}

const trimmed = (value: number) => String(Math.round(value * 10) / 10);
