import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LessonStatus } from "../cmi12/lesson-status.ts";
import { parsePrerequisites } from "./prerequisites.ts";
import { prerequisitesMet } from "./prerequisites-met.ts";

const statuses: Readonly<Record<string, LessonStatus>> = {
  A: "passed",
  B: "completed",
  C: "failed",
  D: "not attempted",
  E: "incomplete",
  "lesson-1.a_b": "passed",
};

function met(text: string): boolean {
  const parsed = parsePrerequisites(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return prerequisitesMet(parsed.expression, (identifier) => statuses[identifier]);
}

describe("prerequisites", () => {
  it.each([
    ["A", true],
    ["B", true],
    ["C", false],
    ["D", false],
    ["lesson-1.a_b", true],
    ["A&B", true],
    ["A & C", false],
    ["A|C", true],
    ["C|D", false],
    ["~D", true],
    ["~A", false],
    ["~~A", true],
    ["A=passed", true],
    ['B="passed"', false],
    ["B=C", true],
    ["C='failed'", true],
    ["D=not attempted", true],
    ['D="not attempted"', true],
    ["E<>incomplete", false],
    ["A<>F", true],
    ["C&A|B", true],
    ["C&(A|B)", false],
    ["~C&A", true],
    ["~D=passed", true],
    ["2*{A,B,C}", true],
    ["2*{A,C,D}", false],
    ["1*{C,D,A=P}", true],
    ["{A,B}", true],
    ["{A,C}", false],
    ["2*{A,(C|B),D}&~C", true],
    ["UNKNOWN", true],
  ])("%s is %s", (text, expected) => {
    expect(met(text)).toBe(expected);
  });

  it("names every activity with its column", () => {
    expect(parsePrerequisites("A & 2*{B,C=p}")).toMatchObject({
      identifiers: [
        { identifier: "A", column: 1 },
        { identifier: "B", column: 8 },
        { identifier: "C", column: 10 },
      ],
    });
  });

  it.each([
    ["", 1],
    ["A &", 4],
    ["A B", 3],
    ["(A|B", 5],
    ["A=", 3],
    ["A=x", 3],
    ["3*{A,B}", 1],
    ["2*A", 3],
    ["{A,}", 4],
    ["&A", 1],
    ['A="passed', 3],
    ["~".repeat(1000), 102],
    ["(".repeat(100_000), 102],
  ])("%s is refused at column %i", (text, column) => {
    expect(parsePrerequisites(text)).toMatchObject({ ok: false, column });
  });

  it("never throws, whatever a manifest contains", () => {
    const text = fc.string({ unit: fc.constantFrom(..."AB2 &|~=<>(){},*\"'p-"), maxLength: 30 });
    fc.assert(fc.property(text, (expression) => typeof parsePrerequisites(expression).ok === "boolean"));
  });
});
