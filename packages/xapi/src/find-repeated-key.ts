import { pathOf, shown } from "./check.ts";
import type { Finding } from "./finding.ts";
import { endOfString } from "./json-text.ts";

/** Deeper than any statement; beyond it, whoever parses or writes JSON by recursion would fail. */
export const DEEPEST_JSON = 500;

/** Beyond this many keys in one object, looking for one by one is slower than a set. */
const FEW = 12;

/** The keys of one object that is open, reused for the next at the same depth. */
class Keys {
  readonly #few: string[] = [];
  #count = 0;
  #many: Set<string> | undefined;

  clear(): void {
    this.#count = 0;
    this.#many = undefined;
  }

  /** False when it is there already. */
  add(key: string): boolean {
    if (this.#many) {
      if (this.#many.has(key)) return false;
      this.#many.add(key);
      return true;
    }
    for (let at = 0; at < this.#count; at++) if (this.#few[at] === key) return false;
    this.#few[this.#count++] = key;
    if (this.#count > FEW) this.#many = new Set(this.#few.slice(0, this.#count));
    return true;
  }
}

/**
 * The first key that an object of a JSON text holds twice, which a parser would drop without a word (RFC 8259 section 4; each property
 * "exactly one time", 1.0.3 Data 2.2), or the place where the text is nested deeper than `DEEPEST_JSON`. Undefined when there is none.
 * Reads the text once, and does not ask whether it is JSON at all.
 */
export function findRepeatedKey(json: string): Finding | undefined {
  const path: (string | number)[] = [];
  const open: Keys[] = [];
  let expectsKey = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === 34) {
      const end = endOfString(json, at);
      if (expectsKey) {
        const key = keyOf(json, at, end);
        path[path.length - 1] = key;
        if (!open[path.length - 1]?.add(key)) return repeated(path, key);
        expectsKey = false;
      }
      at = end;
    } else if (code === 123 || code === 91) {
      if (path.length >= DEEPEST_JSON) return tooDeep(path);
      expectsKey = code === 123;
      const depth = path.push(expectsKey ? "" : 0) - 1;
      const keys = open[depth];
      if (keys) keys.clear();
      else open[depth] = new Keys();
    } else if (code === 125 || code === 93) {
      path.pop();
      expectsKey = false;
    } else if (code === 44 && path.length > 0) {
      const last = path[path.length - 1];
      if (typeof last === "number") path[path.length - 1] = last + 1;
      else expectsKey = true;
    }
  }
  return undefined;
}

/** A key as the parser reads it: `"\u0061"` is `a`. */
function keyOf(json: string, start: number, end: number): string {
  const raw = json.slice(start + 1, end);
  if (!raw.includes("\\")) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}

const repeated = (path: readonly (string | number)[], key: string): Finding => ({
  path: pathOf(path),
  requirement: "repeated-key",
  message: `the key ${shown(key)} is there twice`,
});

const tooDeep = (path: readonly (string | number)[]): Finding => ({
  path: `${pathOf(path.slice(0, 8))}…`,
  requirement: "nesting",
  message: `the JSON is nested more than ${DEEPEST_JSON} deep`,
});
