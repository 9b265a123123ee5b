import type { Position } from "./position.ts";
import type { StatementKey } from "./statement-key.ts";

/** One thing that must hold: the statement has one of these keys, or this authority. */
export interface Condition {
  readonly keys: readonly StatementKey[];
  readonly authority?: StatementKey;
}

/** Which statements are wanted, in which order. */
export interface StatementQuery {
  /** All must hold. */
  readonly conditions: readonly Condition[];
  /** Stored after this. */
  readonly after: Position | undefined;
  /** Stored at or before this. */
  readonly upTo: Position | undefined;
  readonly ascending: boolean;
}

/** The query for what comes behind a statement. */
export function behind(query: StatementQuery, last: Position): StatementQuery {
  return query.ascending ? { ...query, after: last } : { ...query, upTo: last - 1 };
}
