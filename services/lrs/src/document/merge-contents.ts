import { mergeDocuments } from "@coursemesh/xapi/merge-documents.ts";

/** Whether a content type is `application/json`, with any parameters. */
export function isJson(contentType: string): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType.trim());
}

/** Whether bytes are JSON in UTF-8. */
export function isJsonText(content: Uint8Array): boolean {
  return parse(content) !== undefined;
}

/**
 * Merges two JSON objects at their top level: what was posted replaces what was there, whole (XAPI-00183, XAPI-00184). Numbers keep the
 * digits they were written with. Undefined when one of the two is no JSON object.
 */
export function mergeContents(present: Uint8Array, posted: Uint8Array): Uint8Array | undefined {
  const [before, after] = [parse(present), parse(posted)];
  const merged = isRaw(before) || isRaw(after) ? undefined : mergeDocuments(before, after);
  return merged && Buffer.from(JSON.stringify(merged));
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** JSON with numbers as they were written; undefined when it is none. */
function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(content), keepDigits);
  } catch {
    return undefined;
  }
}

/** A number whose digits a double cannot keep stands for itself when it is written again. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === "number" && source !== undefined && source !== String(value) ? rawJson(source) : value;
}

/** ECMAScript 2026's `JSON.rawJSON`, which TypeScript's library does not describe yet. */
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/** Such a number is an object to JavaScript. */
function isRaw(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
}
