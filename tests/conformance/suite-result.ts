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
