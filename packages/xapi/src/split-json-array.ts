import { endOfString, isJsonSpace } from "./json-text.ts";

/**
 * The elements of a JSON array as the texts they are, untouched, so that a batch need not be parsed to be passed on; undefined when the
 * text is no array. Looks for brackets, commas and strings only: what lies between is for whoever parses the elements, and an element
 * that is missing (`[1,,2]`) comes out as an empty text, which no parser takes.
 */
export function splitJsonArray(json: string): string[] | undefined {
  let from = 0;
  let to = json.length;
  while (isJsonSpace(json.charCodeAt(from))) from++;
  while (to > from && isJsonSpace(json.charCodeAt(to - 1))) to--;
  if (json.charCodeAt(from) !== 91 || json.charCodeAt(to - 1) !== 93 || to - from < 2) return undefined;
  const elements: string[] = [];
  let depth = 0;
  let start = from + 1;
  for (let at = start; at < to - 1; at++) {
    const code = json.charCodeAt(at);
    if (code === 34) at = endOfString(json, at);
    else if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) depth--;
    else if (code === 44 && depth === 0) {
      elements.push(json.slice(start, at).trim());
      start = at + 1;
    }
    if (depth < 0 || at >= to - 1) return undefined;
  }
  if (depth !== 0) return undefined;
  const last = json.slice(start, to - 1).trim();
  if (last !== "" || elements.length > 0) elements.push(last);
  return elements;
}
