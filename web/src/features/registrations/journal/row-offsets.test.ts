import { expect, it } from "vitest";
import { firstVisible, rowOffsets } from "./row-offsets.ts";

it("finds the row at a height among rows of two heights", () => {
  const offsets = rowOffsets(
    [
      { kind: "launch", launchId: "A" },
      { kind: "call", index: 0, gap: undefined },
      { kind: "call", index: 1, gap: 5 },
    ],
    48,
    28,
  );
  expect(offsets).toEqual([0, 28, 76, 124]);
  expect([0, 27, 28, 75, 76, 500].map((top) => firstVisible(offsets, top))).toEqual([0, 0, 1, 1, 2, 3]);
});
