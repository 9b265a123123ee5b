/** A step that was answered otherwise than its case says. */
export interface FailedStep {
  readonly call: string;
  readonly expected: string;
  readonly got: string;
  readonly why: string;
}

/** How one case of any suite went; it passed when there are no failures. */
export interface SuiteResult {
  readonly name: string;
  /** Group under which the report counts it. */
  readonly family: string;
  readonly steps: number;
  readonly failures: readonly FailedStep[];
  /** Deviations where the sources disagree: reported, never a failure. */
  readonly disputed: readonly FailedStep[];
}

/** The result of a case that threw instead of being played. */
export function failedToPlay(name: string, family: string, error: unknown): SuiteResult {
  const got = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const failure = { call: name, expected: "a case that can be played", got, why: "" };
  return { name, family, steps: 0, failures: [failure], disputed: [] };
}
