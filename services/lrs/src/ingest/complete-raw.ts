import { randomBytes } from "node:crypto";
import { completeStatement } from "@coursemesh/xapi/complete-statement.ts";
import type { Actor, Statement } from "@coursemesh/xapi/statement.ts";
import { rewriteMembers } from "./rewrite-members.ts";

/**
 * Stands for the stored time, and has its length, until the statement's turn has come. Nobody can guess it, so that it is found only
 * where we put it.
 */
export const STORED_PLACE = randomBytes(20).toString("base64url").slice(0, 27);

/** What the texts of a batch's statements are completed with. */
export interface RawCompletion {
  readonly authority: Actor;
  /** The same as JSON. */
  readonly authorityJson: string;
  /** For a statement that names none. */
  readonly version: string;
}

export function completionOf(authority: Actor, version: string): RawCompletion {
  return { authority, authorityJson: JSON.stringify(authority), version };
}

/** A completed text. Places are counted from 1; 0 is nowhere. */
export interface CompletedRaw {
  readonly raw: string;
  readonly storedAt: number;
  readonly timestampAt: number;
  /** The same, parsed; its stored time is not known yet. */
  readonly statement: Statement;
}

/** Completes a valid statement's text; what the specification does not make us change stays as it was written, to the last digit. */
export function completeRaw(json: string, received: Statement, id: string, completion: RawCompletion): CompletedRaw {
  const { authority, authorityJson, version } = completion;
  const times = { stored: STORED_PLACE, timestamp: STORED_PLACE };
  const statement = completeStatement(received, { id, authority, version, ...times });
  const changed = new Map<string, string>();
  for (const name of ["object", "context", "id", "timestamp", "stored", "authority", "version"] as const) {
    if (statement[name] === received[name]) continue;
    changed.set(name, name === "authority" ? authorityJson : JSON.stringify(statement[name]));
  }
  const raw = rewriteMembers(json, changed);
  const first = raw.indexOf(STORED_PLACE) + 1;
  const second = raw.indexOf(STORED_PLACE, first) + 1;
  return { raw, storedAt: first, timestampAt: second, statement };
}
