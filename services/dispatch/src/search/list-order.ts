/** How a list is sorted; ties by id in the same direction. */
export interface ListOrder<Row> {
  /** Column or expression that is never null. */
  readonly column: string;
  /** PostgreSQL's type of it. */
  readonly type: "text" | "timestamptz" | "float8";
  readonly descending: boolean;
  /** Its value as a page token keeps it. */
  readonly keyOf: (row: Row) => string | number;
}

/**
 * What comes after `where …`: the condition "after the row of the page token" and the order.
 * @param first number of the parameter with the column's value, null on the first page; the next one has the id
 */
export function afterSql(
  order: Pick<ListOrder<never>, "column" | "type" | "descending">,
  id: string,
  first: number,
): string {
  const { column, type, descending } = order;
  const direction = descending ? "desc" : "asc";
  return `and ($${first}::${type} is null or (${column}, ${id}) ${descending ? "<" : ">"} ($${first}::${type}, $${first + 1}::uuid))
    order by ${column} ${direction}, ${id} ${direction}`;
}
