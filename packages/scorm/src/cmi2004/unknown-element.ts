import { elementTable } from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";

const leaves = new Set<string>();
const parents = new Set<string>();
for (const { name } of elementTable) {
  const segments = name.split(".");
  if (!name.includes("._")) leaves.add(name);
  for (let depth = 1; depth < segments.length; depth++) parents.add(segments.slice(0, depth).join("."));
}
/** `_children` of `cmi`, `adl` and `adl.nav` is not in the data model. */
const withoutChildren = new Set(["cmi", "adl", "adl.nav", "adl.nav.request_valid"]);
const named = new Set(elementTable.map(({ name }) => name));

const digits = /^\d+$/;
const index = /^(?:0|[1-9]\d{0,8})$/;

/**
 * Why a name that is no element is refused (RTE 3.1.7). A parent such as `cmi.score` or `cmi.objectives.0` holds no value and is undefined
 * (401). `_children` or `_count` of an element that has none, and a number that is no index (`01`), are a general failure (301, 351).
 */
export function refusalOf(element: string, access: "get" | "set"): ErrorCode {
  const failure = access === "get" ? "301" : "351";
  if (element === "") return failure;
  const written = element.split(".");
  const segments = written.map((segment) => (digits.test(segment) ? "n" : segment));
  const name = segments.join(".");
  const badIndex = written.some((segment) => digits.test(segment) && !index.test(segment));
  if (badIndex && (named.has(name) || parents.has(name))) return failure;
  const last = segments.at(-1);
  const parent = segments.slice(0, -1).join(".");
  if (last === "_children" || last === "_count") {
    const known = leaves.has(parent) || (parents.has(parent) && !withoutChildren.has(parent));
    return known ? (access === "get" ? "301" : "404") : "401";
  }
  return "401";
}
