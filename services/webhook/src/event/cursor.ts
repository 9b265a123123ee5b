import { createHash } from "node:crypto";
import { errors } from "../errors.ts";

/** Place of an event: microseconds since 1970, unique within its organization. */
export type Position = number;

/** Writes a position so that a cursor of another organization's log is recognized. */
export function cursorOf(tenantId: string, position: Position): string {
  return `${position.toString(36)}.${markOf(tenantId)}`;
}

/** @throws CURSOR_INVALID */
export function readCursor(tenantId: string, cursor: string): Position {
  const [text = "", mark] = cursor.split(".");
  const position = Number.parseInt(text, 36);
  if (!/^[0-9a-z]{1,11}$/.test(text) || !Number.isSafeInteger(position) || mark !== markOf(tenantId)) {
    throw errors.cursorInvalid();
  }
  return position;
}

function markOf(tenantId: string): string {
  return createHash("sha256").update(`event log of ${tenantId}`).digest("base64url").slice(0, 8);
}
