import type { PageKeys } from "./page-token.ts";

/** One column a list is sorted by. */
export interface SortColumn {
  /** Property of the entity. */
  readonly property: string;
  readonly direction: "asc" | "desc";
  /** Makes the column's value of what the page token kept, for instance a date. */
  readonly read?: (key: string | number) => unknown;
}

/**
 * The condition "after the row with these keys" in MikroORM's form, for a list sorted by these columns. The last column must be unique,
 * so that no row is given twice or left out. Timestamps have to be kept in milliseconds (`timestamptz(3)`), as JavaScript has no more.
 */
export function rowsAfter(sort: readonly SortColumn[], after: PageKeys | undefined): Record<string, unknown> {
  if (after === undefined) return {};
  const values = sort.map(({ read }, index) => (read ? read(after[index] ?? "") : after[index]));
  // (a, b) > (x, y) is a > x, or a = x and b > y.
  const alternatives = sort.map(({ property, direction }, index) => {
    const equal = sort.slice(0, index).map((before, position) => [before.property, values[position]]);
    return { ...Object.fromEntries(equal), [property]: { [direction === "asc" ? "$gt" : "$lt"]: values[index] } };
  });
  return { $or: alternatives };
}

/** The same columns in the form of MikroORM's `orderBy`. */
export function orderByOf(sort: readonly SortColumn[]): Record<string, "asc" | "desc"> {
  return Object.fromEntries(sort.map(({ property, direction }) => [property, direction]));
}
