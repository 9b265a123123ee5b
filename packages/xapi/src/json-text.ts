/**
 * Where the string that begins at a quotation mark ends: the index of its closing mark, or of the end of the text. Runs of backslashes are
 * counted once each, so the whole text is read once.
 */
export function endOfString(json: string, start: number): number {
  let close = json.indexOf('"', start + 1);
  while (close >= 0) {
    let escapes = close;
    while (escapes > start + 1 && json.charCodeAt(escapes - 1) === 92) escapes--;
    if ((close - escapes) % 2 === 0) return close;
    close = json.indexOf('"', close + 1);
  }
  return json.length;
}

/** Space, tab, line feed and carriage return. */
export const isJsonSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9;
