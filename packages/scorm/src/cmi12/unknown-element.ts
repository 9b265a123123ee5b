import { elementTable } from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";

const leaves = new Set<string>();
const parents = new Set<string>();
for (const { name } of elementTable) {
  const segments = name.split(".");
  if (!name.includes("._")) leaves.add(name);
  for (let depth = 1; depth < segments.length; depth++) parents.add(segments.slice(0, depth).join("."));
}

/** Lists whose `_count` exists: asked with an index that does not. */
const lists = new Set(
  elementTable.filter(({ name }) => name.endsWith("._count")).map(({ name }) => name.slice(0, -"._count".length)),
);

const index = /^(?:0|[1-9]\d*)$/;
const keywords = new Set(["_children", "_count", "_version"]);

/**
 * Why a name that is no element, or an element beyond the end of its list, is refused.
 * An unknown leaf inside a known category is 201 and an unknown category or data model is 401, as ADL's SCORM 1.2 test suite
 * answers; a parent such as `cmi.core` or `cmi.objectives.0` is never a value (201). RTE 3.3.4 for the keyword codes.
 */
export function refusalOf(element: string, access: "get" | "set"): ErrorCode {
  const segments = element.split(".").map((segment) => (index.test(segment) ? "n" : segment));
  const last = segments.at(-1) ?? "";
  if (keywords.has(last) && segments.length > 1) {
    const parent = segments.slice(0, -1).join(".");
    if (!leaves.has(parent) && !parents.has(parent)) return unknown(segments);
    if (access === "set") return "402";
    if (last === "_count") return lists.has(parent) ? "201" : "203";
    return last === "_children" && leaves.has(parent) ? "202" : "201";
  }
  return unknown(segments);
}

function unknown(segments: readonly string[]): ErrorCode {
  const [model = "", category = ""] = segments;
  if (model === "" || (model === "cmi" && category === "")) return "201";
  const top = `cmi.${category}`;
  return model === "cmi" && (parents.has(top) || leaves.has(top)) ? "201" : "401";
}
