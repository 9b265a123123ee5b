import { createHash } from "node:crypto";
import { canonicalJson } from "@coursemesh/platform/json/canonical-json.ts";
import type { LearnerState } from "../instance/instance-model.ts";

/** SHA-256 of an instance's state in lower-case hexadecimal. Equal states have equal hashes, however they were put together. */
export function stateHash(state: LearnerState): string {
  return createHash("sha256").update(canonicalJson(state)).digest("hex");
}
