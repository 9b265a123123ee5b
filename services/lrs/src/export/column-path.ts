import { queryInvalid } from "../errors.ts";

/** Steps from a statement to a value in it: names of members and places in arrays. */
export type ColumnPath = readonly (string | number)[];

const STEP = /^(?:\.?([\p{L}\p{N}_$-]+)|\[(\d{1,6})\]|\["([^"]*)"\]|\['([^']*)'\])/u;

/**
 * Reads a JSON path such as `$.context.contextActivities.parent[0].id` or `result.extensions["http://example.org/x"]`; the `$.` may be left out.
 * @throws QUERY_INVALID
 */
export function readColumnPath(text: string): ColumnPath {
  const path: (string | number)[] = [];
  let rest = text.startsWith("$.") || text.startsWith("$[") ? text.slice(1) : text;
  while (rest !== "") {
    const [step, name, index, quoted, single] = STEP.exec(rest) ?? [];
    if (step === undefined) {
      const description = `${text} is no path into a statement`;
      throw queryInvalid({ parameter: "columns", description }, description);
    }
    path.push(index === undefined ? (name ?? quoted ?? single ?? "") : Number(index));
    rest = rest.slice(step.length);
  }
  return path;
}

/** The value at a path; undefined when there is none. */
export function valueAt(value: unknown, path: ColumnPath): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}
