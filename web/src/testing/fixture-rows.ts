import { Code, ConnectError } from "@connectrpc/connect";

/** One thing by its id, or the error a service would give. */
export function findRow<Row extends { id: string }>(rows: readonly Row[], id: string): Row {
  const row = rows.find((each) => each.id === id);
  if (!row) throw new ConnectError("no such object", Code.NotFound, { "x-request-id": "req_7Fq2mX" });
  return row;
}

/** Rows from a token that is a number, with the next token. */
export function pageOf<Row>(rows: readonly Row[], size: number, token: string): readonly [Row[], string] {
  const from = Number(token || 0);
  return [rows.slice(from, from + size), from + size < rows.length ? String(from + size) : ""];
}

/** True when a text contains another, whatever the case. */
export const hasText = (text: string, query: string) => text.toLowerCase().includes(query.toLowerCase());
