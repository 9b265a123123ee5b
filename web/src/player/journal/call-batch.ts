import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";

/** Consecutive calls as one request. */
export interface CallBatch {
  /** Number of the first call. */
  readonly first: number;
  /** Number of the last call. */
  readonly last: number;
  /** JSON text of the array of calls, each `[at, activity, method, element, value, result, error]`. */
  readonly body: string;
  /** Size of `body` in UTF-8. */
  readonly bytes: number;
}

const encoder = new TextEncoder();

/** The longest beginning of `calls` that fits into `maxBytes`; a single call that is larger goes alone. Undefined without calls. */
export function firstBatch(calls: readonly JournalCall[], maxBytes: number): CallBatch | undefined {
  const [first] = calls;
  if (first === undefined) return undefined;
  const parts: string[] = [];
  let bytes = 2;
  for (const call of calls) {
    const { at, activity, method, element, value, result, error } = call;
    // JSON.stringify escapes lone surrogates, so UTF-8 carries them.
    const part = JSON.stringify([at, activity, method, element, value, result, error]);
    const size = encoder.encode(part).length + (parts.length === 0 ? 0 : 1);
    if (parts.length > 0 && bytes + size > maxBytes) break;
    parts.push(part);
    bytes += size;
  }
  return { first: first.seq, last: first.seq + parts.length - 1, body: `[${parts.join(",")}]`, bytes };
}
