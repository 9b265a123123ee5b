/** What an answer of the target means for the statements that were sent. */
export type Verdict =
  /** It has them all. */
  | { readonly kind: "accepted" }
  /** It does not want at least one of them, now or ever. */
  | { readonly kind: "refused"; readonly status: number; readonly error: string }
  /** It says nothing about these statements: come again. */
  | {
      readonly kind: "later";
      /** 0 when there was no answer. */
      readonly status: number;
      readonly error: string;
      readonly retryAfterMs?: number | undefined;
    };

/**
 * Statuses that speak of what was sent: no statement, another of this id, too large, no content type for it, not processable. All
 * others speak of the credentials, the address or the server's state, which a person or time puts right.
 */
const REFUSALS = new Set([400, 409, 413, 415, 422]);
const ERROR_LENGTH = 500;

export function judgeAnswer(status: number, body: string, retryAfterMs: number | undefined): Verdict {
  if (status === 200 || status === 204) return { kind: "accepted" };
  const error = `the target answered ${status}${excerpt(body)}`;
  if (REFUSALS.has(status)) return { kind: "refused", status, error };
  return { kind: "later", status, error, retryAfterMs };
}

function excerpt(body: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  const text = body.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();
  if (text === "") return "";
  return `: ${text.length > ERROR_LENGTH ? `${text.slice(0, ERROR_LENGTH)}…` : text}`;
}
