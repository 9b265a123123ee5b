import { expect, it } from "vitest";
import type { CallTuple } from "../journal/read-calls.ts";
import { stepPieces } from "./step-pieces.ts";

const calls = (...methods: readonly CallTuple[2][]) => {
  const tuples = methods.map((method): CallTuple => [1, "A", method, "", "", "true", "0"]);
  return { firstSeq: 5, tuples, text: JSON.stringify(tuples) };
};
const cut = (...methods: readonly CallTuple[2][]) =>
  stepPieces(calls(...methods)).map(({ firstSeq, tuples, text }) => {
    expect(JSON.parse(text)).toEqual(tuples);
    return [firstSeq, ...tuples.map(([, , method]) => method)];
  });

it.each([
  [[], [[5]]],
  [["Initialize", "Commit"], [[5, "Initialize", "Commit"]]],
  [["Terminate", "Navigate"], [[5, "Terminate", "Navigate"]]],
  [
    ["Navigate", "Navigate"],
    [
      [5, "Navigate"],
      [6, "Navigate"],
    ],
  ],
  [
    ["Initialize", "Terminate", "GetValue", "Navigate", "Initialize"],
    [
      [5, "Initialize", "Terminate"],
      [7, "GetValue", "Navigate"],
      [9, "Initialize"],
    ],
  ],
] as const)("a delivery of %j is cut behind every question", (methods, pieces) => {
  expect(cut(...methods)).toEqual(pieces);
});

it("a delivery without a question in the middle stays as it was received", () => {
  const whole = calls("Initialize", "Terminate", "Navigate");
  expect(stepPieces(whole)[0]?.text).toBe(whole.text);
});
