/** What is counted, in the order of the tables' columns. Up to `reported_ms` happenings, then changes of how many stand where. */
export const MEASURES = [
  "created",
  "launches",
  "completions",
  "passes",
  "failures",
  "wall_ms",
  "active_ms",
  "reported_ms",
  "covered",
  "not_attempted",
  "incomplete",
  "completed",
  "passed",
  "failed",
  "scored",
  "score",
  "complete",
] as const;

export type Measure = (typeof MEASURES)[number];
export type Measures = Record<Measure, number>;

/** Scores are kept as whole millionths, so that sums do not depend on their order. */
export const SCORE_UNIT = 1_000_000;

export function noMeasures(): Measures {
  return Object.fromEntries(MEASURES.map((measure) => [measure, 0])) as Measures;
}

/** Adds one to the other, or takes it away. */
export function addMeasures(to: Measures, from: Measures, sign: 1 | -1 = 1): void {
  for (const measure of MEASURES) to[measure] += sign * from[measure];
}

/** Reads measures of a row; PostgreSQL hands large numbers out as text. */
export function readMeasures(row: Readonly<Record<string, unknown>>): Measures {
  return Object.fromEntries(MEASURES.map((measure) => [measure, Number(row[measure] ?? 0)])) as Measures;
}

export function isNothing(measures: Measures): boolean {
  return MEASURES.every((measure) => measures[measure] === 0);
}
