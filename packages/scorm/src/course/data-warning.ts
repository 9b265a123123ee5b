/** A rule of the book that a course broke and the policy tolerated; one entry an element and rule, so the list stays short. */
export interface DataWarning<Rule extends string> {
  readonly rule: Rule;
  /** Element with `n` for indexes. */
  readonly element: string;
  /** Characters of the longest such value. */
  readonly longest: number;
}

/** The list with one more finding; the same list when it already says so. */
export function withWarning<Rule extends string>(
  warnings: readonly DataWarning<Rule>[],
  rule: Rule,
  element: string,
  length: number,
): readonly DataWarning<Rule>[] {
  const at = warnings.findIndex((warning) => warning.rule === rule && warning.element === element);
  const known = warnings[at];
  if (known === undefined) return [...warnings, { rule, element, longest: length }];
  return known.longest >= length ? warnings : warnings.with(at, { rule, element, longest: length });
}
