import { requestRefused } from "../xapi-errors.ts";

const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const [QUOTE, BACKSLASH, COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\,[]{}'].map((letter) =>
  letter.charCodeAt(0),
);

/**
 * The statements of a body, as received: the body itself, or the elements of the array it is. Nothing is parsed here, because the store
 * parses each statement anyway; text that only looks like JSON is refused there.
 * @throws QUERY_INVALID for an array that does not end, or has something behind its end.
 */
export function splitBatch(body: Buffer): Buffer[] {
  const first = skipSpace(body, 0);
  if (first === body.length) throw requestRefused("statement-body", "body", "there is no statement in the body");
  if (body[first] !== OPEN_ARRAY) return [body];
  const elements: Buffer[] = [];
  let start = first + 1;
  for (;;) {
    const end = endOfElement(body, start);
    const element = trimmed(body, start, end);
    const isLast = body[end] === CLOSE_ARRAY;
    if (element.length > 0) elements.push(element);
    else if (elements.length > 0 || !isLast) throw requestRefused("XAPI-00020", "$", "the array has a comma too many");
    if (!isLast) {
      start = end + 1;
      continue;
    }
    if (skipSpace(body, end + 1) < body.length)
      throw requestRefused("XAPI-00020", "$", "there is something behind the array");
    return elements;
  }
}

/** Where the comma or bracket behind an element is. */
function endOfElement(body: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < body.length; at++) {
    const byte = body[at];
    if (byte === QUOTE) at = endOfText(body, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if (depth === 0 && (byte === COMMA || byte === CLOSE_ARRAY)) return at;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
  }
  throw requestRefused("XAPI-00020", "$", "the array does not end");
}

/** Where the quote that ends a text is. */
function endOfText(body: Buffer, quote: number): number {
  // By hand: texts are short, and a call of Buffer's costs more than the bytes of one.
  for (let end = quote + 1; end < body.length; end++) {
    const byte = body[end];
    if (byte === QUOTE) return end;
    if (byte === BACKSLASH) end++;
  }
  return body.length;
}

function skipSpace(body: Buffer, start: number): number {
  let at = start;
  while (at < body.length && SPACE.has(body[at] ?? 0)) at++;
  return at;
}

function trimmed(body: Buffer, start: number, end: number): Buffer {
  const first = Math.min(skipSpace(body, start), end);
  let last = end;
  while (last > first && SPACE.has(body[last - 1] ?? 0)) last--;
  return body.subarray(first, last);
}
