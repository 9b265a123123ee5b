import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { damagedStatement, someStatement } from "./testing/arbitrary.ts";
import { asSubStatement, changed, fullStatement } from "./testing/example-statement.ts";
import { validateActivityDefinition, validateAgent, validateStatement } from "./validate-statement.ts";

const versions = ["1.0.3", "2.0.0"] as const;
const megabyte = 1 << 20;

describe("validateStatement", () => {
  it("answers findings for any JSON, and never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...versions), (json, version) => {
        for (const validate of [validateStatement, validateAgent, validateActivityDefinition]) {
          expect(Array.isArray(validate(json, version))).toBe(true);
        }
      }),
    );
  });

  it("says of every finding where, by which requirement and in a sentence", () => {
    fc.assert(
      fc.property(damagedStatement, fc.constantFrom(...versions), (json, version) => {
        for (const found of validateStatement(json, version)) {
          expect(found.path).toMatch(/^\$/);
          expect(found.requirement).toMatch(/^(?:XAPI-\d{5}(?:-\d)?|context-[a-z-]+)$/);
          expect(found.message.length).toBeLessThan(400);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("finds the same in a sub-statement as in a statement", () => {
    fc.assert(
      fc.property(damagedStatement, (json) => {
        const { id: _, stored: __, authority: ___, version: ____, ...told } = json as Record<string, unknown>;
        if (["actor", "verb", "object"].some((key) => told[key] === undefined)) return;
        const object = told.object;
        if (typeof object === "object" && object && "objectType" in object && object.objectType === "SubStatement")
          return;
        const outside = validateStatement(told, "2.0.0").map(({ path, requirement }) => `${path} ${requirement}`);
        const inside = validateStatement(asSubStatement(told), "2.0.0").map(
          ({ path, requirement }) => `${path} ${requirement}`,
        );
        expect(inside).toEqual(outside.map((found) => found.replace("$", "$.object")));
      }),
    );
  });

  it("takes the statements of the generator", () => {
    fc.assert(
      fc.property(someStatement, (statement) => void expect(validateStatement(statement, "2.0.0")).toEqual([])),
    );
  });

  it("stops at twenty findings, however much is wrong", () => {
    const member = Array.from({ length: 100_000 }, () => 1);
    const found = validateStatement(changed(fullStatement, "context.team", { objectType: "Group", member }), "1.0.3");
    expect(found).toHaveLength(20);
    expect(found[19]?.path).toBe("$.context.team.member[19]");
  });

  it.each([
    ["digits", `PT${"1".repeat(megabyte)}`],
    ["hyphens", "a-".repeat(megabyte / 2)],
    ["spaces", " ".repeat(megabyte)],
    ["percents", `http://a/${"%".repeat(megabyte)}`],
    ["letters", "a".repeat(megabyte)],
    ["an address", `mailto:${"a.".repeat(megabyte / 2)}@`],
    ["a media type", `text/plain${"; a=b".repeat(megabyte / 5)}`],
    ["semicolons", `text/plain${";  ".repeat(300)}\u0000`],
    ["commas", `P${"1,".repeat(100)}`],
    ["subtags", `a${"-aa".repeat(80)}-`],
    ["a quoted media type", `text/plain; a="${"\\\\".repeat(megabyte / 2)}`],
  ])("reads %s once, up to a megabyte, at every place for text", (_, text) => {
    for (const path of [
      "verb.id",
      "actor",
      "context.language",
      "context.registration",
      "result.duration",
      "timestamp",
      "attachments.0.contentType",
      "attachments.0.sha2",
      "object.objectType",
    ]) {
      const value = path === "actor" ? { mbox: text } : text;
      for (const { message } of validateStatement(changed(fullStatement, path, value), "1.0.3")) {
        expect(message.length).toBeLessThan(400);
      }
    }
    expect(
      validateStatement(changed(fullStatement, "verb.display", { [text]: "x" }), "1.0.3")[0]?.path.length,
    ).toBeLessThan(200);
  });

  it("passes over extensions nested deeper than any stack", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
    const statement = { ...fullStatement, result: { extensions: { "tag:deep": deep } } };
    expect(validateStatement(statement, "1.0.3")).toEqual([]);
  });

  it("names keys that are no names in brackets", () => {
    const found = validateStatement(changed(fullStatement, "context.extensions", { "a b": 1 }), "1.0.3");
    expect(found).toMatchObject([{ path: '$.context.extensions["a b"]', requirement: "XAPI-00118" }]);
  });
});
