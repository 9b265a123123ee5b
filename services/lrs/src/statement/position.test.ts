import { expect, it } from "vitest";
import { positionOf, storedText, timestampOfPosition } from "./position.ts";

it("is written with six digits and 27 characters always", () => {
  expect(storedText(1_795_184_098_000_011)).toBe("2026-11-20T14:14:58.000011Z");
  expect(storedText(1_795_184_098_120_000)).toBe("2026-11-20T14:14:58.120000Z");
});

it("survives the way to a timestamp and back, and cuts what is finer", () => {
  const position = 1_795_184_098_050_011;
  expect(positionOf(timestampOfPosition(position))).toBe(position);
  expect(positionOf({ ...timestampOfPosition(position), nanos: 50_011_999 })).toBe(position);
});
