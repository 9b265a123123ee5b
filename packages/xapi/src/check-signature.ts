import { unsignedMeaningOf } from "./same-statement.ts";
import type { Statement } from "./statement.ts";
import { isUuid } from "./uuid.ts";

/**
 * Whether the payload of a signature is the statement it came with (1.0.3 Data 2.6, XAPI-00116): the same statement without its
 * signature, and under the same id when the payload names one. Both are valid statements; that the signature itself holds is for the
 * caller to find out.
 */
export function isSignedStatement(payload: Statement, statement: Statement): boolean {
  if (payload.id !== undefined && statement.id !== undefined && !sameUuid(payload.id, statement.id)) return false;
  return unsignedMeaningOf(payload) === unsignedMeaningOf(statement);
}

/** Whether two UUIDs are the same; case does not count. */
function sameUuid(a: string, b: string): boolean {
  return isUuid(a) && a.toLowerCase() === b.toLowerCase();
}
