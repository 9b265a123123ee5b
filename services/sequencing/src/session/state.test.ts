import { canonicalJson } from "@coursemesh/platform/json/canonical-json.ts";
import type { SequencingState } from "@coursemesh/scorm/sequencing/session.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "./seeded-random.ts";
import { differenceOf, emptyState, withDifference } from "./state-difference.ts";

const entries = fc.dictionary(fc.constantFrom("a", "b", "c", "10", "2"), fc.record({ satisfied: fc.boolean() }), {
  noNullPrototype: true,
});
const anyState = fc.record(
  {
    activities: entries,
    globalObjectives: entries,
    currentActivity: fc.constantFrom("a", "b"),
    prepared: fc.boolean(),
  },
  { requiredKeys: ["activities", "globalObjectives"], noNullPrototype: true },
) as unknown as fc.Arbitrary<SequencingState>;

describe("canonical JSON", () => {
  it("is the same for equal values, whatever order their keys came in, and reads back as JSON", () => {
    expect(canonicalJson({ b: [1, { z: undefined, y: "\u0000" }], a: null, 10: true, 9: false })).toBe(
      '{"10":true,"9":false,"a":null,"b":[1,{"y":"\\u0000"}]}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("the difference of two states", () => {
  it("laid over the first makes the second", () => {
    fc.assert(
      fc.property(anyState, anyState, (before, after) => {
        const stored = JSON.parse(JSON.stringify(differenceOf(before, after)));
        expect(canonicalJson(withDifference(before, stored))).toBe(canonicalJson(after));
      }),
    );
  });

  it("of equal states is nothing", () => {
    expect(differenceOf(emptyState, { activities: {}, globalObjectives: {} })).toEqual({});
  });
});

describe("seeded chance", () => {
  it("is the same for a seed and a revision, and another for any other", () => {
    const draw = (seed: bigint, revision: number) => {
      const random = seededRandom(seed, revision);
      return Array.from({ length: 5 }, random);
    };
    expect(draw(7n, 1)).toEqual(draw(7n, 1));
    const draws = [draw(7n, 1), draw(7n, 2), draw(8n, 1), draw(-7n, 1), draw(7n + (1n << 40n), 1)];
    expect(new Set(draws.map(String)).size).toBe(draws.length);
  });

  it("falls evenly between 0 and 1", () => {
    const random = seededRandom(42n, 3);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let at = 0; at < 10_000; at++) {
      const value = random();
      tenths[Math.floor(value * 10)]! += 1;
    }
    expect(tenths.reduce((sum, count) => sum + count)).toBe(10_000);
    expect(tenths.every((count) => count > 850 && count < 1150)).toBe(true);
  });
});
