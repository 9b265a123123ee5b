import { findRepeatedKey } from "./find-repeated-key.ts";
import type { Finding } from "./finding.ts";

/** A JSON text read: its value, or why not. */
export type JsonRead = { readonly value: unknown } | { readonly finding: Finding };

/**
 * Reads JSON from outside: refuses what is none (XAPI-00014), keys that are there twice, and nesting beyond reason. Keep the text itself
 * to hand statements out as they came: a number of many digits does not survive parsing.
 */
export function readJson(json: string): JsonRead {
  const finding = findRepeatedKey(json);
  if (finding) return { finding };
  try {
    return { value: JSON.parse(json) };
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 200) : "it is no JSON";
    return { finding: { path: "$", requirement: "XAPI-00014", message } };
  }
}
