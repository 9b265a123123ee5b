import { storedText } from "./position.ts";

/** A statement as it is stored. */
export interface StatementRow {
  readonly position: string;
  readonly id: string;
  readonly raw: string;
  readonly stored_at: number;
  readonly timestamp_at: number;
  readonly voided: boolean;
  readonly attachments: readonly string[];
}

/** The columns of {@link StatementRow}, of a table called `s`. */
export const STATEMENT_COLUMNS = "s.position, s.id, s.raw, s.stored_at, s.timestamp_at, s.voided, s.attachments";

/** The JSON of a stored statement: as received, and completed. */
export function exactText({ raw, position, stored_at, timestamp_at }: StatementRow): string {
  const stored = storedText(Number(position));
  let text = raw;
  for (const at of [stored_at, timestamp_at]) {
    if (at > 0) text = text.slice(0, at - 1) + stored + text.slice(at - 1 + stored.length);
  }
  return text;
}
