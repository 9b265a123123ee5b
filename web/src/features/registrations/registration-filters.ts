/** What the list is filtered by; it is the page's search parameters. */
export interface RegistrationFilters {
  readonly q?: string | undefined;
  readonly course?: string | undefined;
  readonly learner?: string | undefined;
  readonly completion?: "not_attempted" | "incomplete" | "complete" | "unknown" | undefined;
  readonly success?: "unknown" | "passed" | "failed" | undefined;
  readonly launched?: boolean | undefined;
}

/** How many filters beside the search are set. */
export function activeFilters(filters: RegistrationFilters): number {
  const { q: _, ...others } = filters;
  return Object.values(others).filter((value) => value !== undefined).length;
}
