import { endOfString } from "@coursemesh/xapi/json-text.ts";

/**
 * A JSON object's text with some members of its first level set, others left as they were written: a replaced value stands where the old
 * one stood, a new one at the end, in the order given. The text must be JSON and hold no member twice.
 * @param values JSON by name.
 */
export function rewriteMembers(json: string, values: ReadonlyMap<string, string>): string {
  const left = new Map(values);
  const members: string[] = [];
  let at = json.indexOf("{") + 1;
  for (;;) {
    const start = json.indexOf('"', at);
    const close = json.indexOf("}", at);
    // An empty object, or the end after the last member.
    if (start < 0 || (close >= 0 && close < start)) break;
    const nameEnd = endOfString(json, start) + 1;
    const end = endOfValue(json, json.indexOf(":", nameEnd) + 1);
    const name = nameOf(json.slice(start, nameEnd));
    const value = left.get(name);
    members.push(value === undefined ? json.slice(start, end).trimEnd() : `"${name}":${value}`);
    left.delete(name);
    if (json.charCodeAt(end) !== COMMA) break;
    at = end + 1;
  }
  for (const [name, value] of left) members.push(`"${name}":${value}`);
  return `{${members.join(",")}}`;
}

function nameOf(written: string): string {
  return written.includes("\\") ? JSON.parse(written) : written.slice(1, -1);
}

const COMMA = 44;

/** Index of the comma or the brace behind a value. */
function endOfValue(json: string, start: number): number {
  let depth = 0;
  for (let at = start; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === 34) at = endOfString(json, at);
    else if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) {
      if (depth === 0) return at;
      depth -= 1;
    } else if (code === COMMA && depth === 0) return at;
  }
  return json.length;
}
