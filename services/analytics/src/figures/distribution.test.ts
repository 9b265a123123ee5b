import { expect, it } from "vitest";
import { distributionOf, spreadOf } from "./distribution.ts";

it("puts a value on a bound into the step that begins there, and the greatest into the last", () => {
  const values = [0, 0.5, 1].map((value) => ({ value, count: 1 }));
  expect(distributionOf(values, 0, 1, 2).map(({ count }) => count)).toEqual([1n, 2n]);
});

it("finds mean, median and deviation of counted values", () => {
  expect(spreadOf([])).toBeUndefined();
  const values = [
    { value: 2, count: 3 },
    { value: 6, count: 1 },
  ];
  expect(spreadOf(values)).toEqual({ mean: 3, median: 2, deviation: Math.sqrt(3) });
  expect(
    spreadOf([
      { value: 2, count: 1 },
      { value: 6, count: 1 },
    ])?.median,
  ).toBe(4);
});
