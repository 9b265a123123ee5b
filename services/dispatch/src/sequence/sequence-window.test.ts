import fc from "fast-check";
import { expect, it } from "vitest";
import { hasCome, isTooFar, MOST_AHEAD, type SequenceWindow, withSequences } from "./sequence-window.ts";

const empty: SequenceWindow = { acknowledged: 0, ahead: [] };

it("acknowledges up to the first gap, whatever the order and however often", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 30 }))), (batches) => {
      const window = batches.reduce((before: SequenceWindow, batch) => withSequences(before, batch), empty);
      const come = new Set(batches.flat());
      let gapless = 0;
      while (come.has(gapless + 1)) gapless += 1;
      expect(window.acknowledged).toBe(gapless);
      expect(window.ahead).toEqual([...come].filter((it) => it > gapless).toSorted((a, b) => a - b));
      for (let it = 1; it <= 30; it += 1) expect(hasCome(window, it)).toBe(come.has(it));
    }),
  );
});

it("knows what is too far ahead", () => {
  expect(isTooFar(empty, MOST_AHEAD)).toBe(false);
  expect(isTooFar(empty, MOST_AHEAD + 1)).toBe(true);
  expect(isTooFar({ acknowledged: 1, ahead: [] }, MOST_AHEAD + 1)).toBe(false);
});
