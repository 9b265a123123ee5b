import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import { DEEPEST_JSON, findRepeatedKey } from "./find-repeated-key.ts";
import { mergeActivityDefinition } from "./merge-activity-definition.ts";
import { mergeDocuments } from "./merge-documents.ts";
import { readJson } from "./read-json.ts";
import { splitJsonArray } from "./split-json-array.ts";

describe("readJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(readJson(json)).toEqual({ value: JSON.parse(json) });
      }),
    );
  });

  it.each([
    ['{"a":1,"a":2}', "$.a"],
    ['{"a":{"b":[0,{"c":1,"d":{},"c":2}]}}', "$.a.b[1].c"],
    ['{"a":1,"\\u0061":2}', "$.a"],
    ['[{"a":1},{"a":1},{"a":1,"b":"a","a":1}]', "$[2].a"],
    ['{"a\\"":1, "b": "}", "a\\"":2}', '$["a\\""]'],
    [`{${Array.from({ length: 50 }, (_, at) => `"k${at}":0`).join()},"k7":1}`, "$.k7"],
    ['{"__proto__":1,"__proto__":2}', "$.__proto__"],
  ])("refuses the key that %s holds twice", (json, path) => {
    expect(readJson(json)).toMatchObject({ finding: { path, requirement: "repeated-key" } });
  });

  it("refuses nesting beyond reason, and takes what is below", () => {
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(readJson(nested(DEEPEST_JSON))).toHaveProperty("value");
    expect(readJson(nested(DEEPEST_JSON + 1))).toMatchObject({ finding: { requirement: "nesting" } });
    expect(readJson("[".repeat(1 << 20))).toMatchObject({ finding: { requirement: "nesting" } });
  });

  it("XAPI-00014: refuses what is no JSON", () => {
    for (const json of ["", "{", '{"a":1,}', "undefined", '"', "\\", '{"a" 1}']) {
      expect(readJson(json)).toMatchObject({ finding: { requirement: "XAPI-00014" } });
    }
  });

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[],:"\\ua1 ') }),
        (json) => void [readJson(json), splitJsonArray(json)],
      ),
    );
  });

  it("reads a megabyte of quotes and backslashes once", () => {
    const half = 1 << 19;
    for (const text of ['\\"'.repeat(half), "\\".repeat(2 * half), '"'.repeat(2 * half)]) findRepeatedKey(`{"${text}`);
  });
});

describe("splitJsonArray", () => {
  it("gives every element as it stands", () => {
    fc.assert(
      fc.property(fc.array(fc.json()), fc.constantFrom("", " ", "\n"), (elements, space) => {
        const json = `${space}[${elements.map((one) => `${space}${one}${space}`).join()}]${space}`;
        expect(splitJsonArray(json)).toEqual(elements.map((one) => one.trim()));
      }),
    );
    expect(splitJsonArray('[{"n":1.00},12345678901234567890]')).toEqual(['{"n":1.00}', "12345678901234567890"]);
  });

  it.each(["{}", "", "[", "]", "[[]", "[]]", '["]', "[1]x", "[}{]"])("takes %j for no array", (json) => {
    expect(splitJsonArray(json)).toBeUndefined();
  });

  it("leaves missing elements empty, so that parsing them fails", () => {
    expect(splitJsonArray("[1,,2]")).toEqual(["1", "", "2"]);
    expect(splitJsonArray("[1,]")).toEqual(["1", ""]);
    expect(splitJsonArray("[ ]")).toEqual([]);
  });
});

describe("canonicalJson", () => {
  it("is the same for the same value with its keys in another order", () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .map(([key, one]) => [key, reversed(one)])
          .reverse(),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("merging", () => {
  it("replaces properties of a document at the top only", () => {
    expect(mergeDocuments({ a: { x: 1 }, b: 2 }, { a: { y: 1 }, c: null })).toEqual({ a: { y: 1 }, b: 2, c: null });
    for (const [stored, posted] of [
      [[], {}],
      [{}, []],
      [{}, 1],
      [null, {}],
    ])
      expect(mergeDocuments(stored, posted)).toBeUndefined();
  });

  it("keeps a posted __proto__ a property", () => {
    const merged = mergeDocuments({}, JSON.parse('{"__proto__":{"admin":true}}'));
    expect(merged).not.toHaveProperty("admin");
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"admin":true}}');
  });

  it("adds languages and extensions to a definition, and answers the known one when nothing is new", () => {
    const known = { name: { en: "One" }, type: "tag:a", extensions: { "tag:x": 1 } };
    expect(mergeActivityDefinition(known, { name: { de: "Eins" }, type: "tag:b", extensions: { "tag:y": 2 } })).toEqual(
      {
        name: { en: "One", de: "Eins" },
        type: "tag:b",
        extensions: { "tag:x": 1, "tag:y": 2 },
      },
    );
    expect(mergeActivityDefinition(known, { extensions: { "tag:x": 1 }, name: { en: "One" } })).toBe(known);
    expect(mergeActivityDefinition(known, {})).toBe(known);
  });
});
