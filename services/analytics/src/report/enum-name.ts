/** `active_learners` for ACTIVE_LEARNERS; empty for a value the enum does not have. */
export function enumName(values: Readonly<Record<string, number>>, value: number): string {
  return (
    Object.entries(values)
      .find(([, number]) => number === value)?.[0]
      .toLowerCase() ?? ""
  );
}
