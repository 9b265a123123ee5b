import fc from "fast-check";
import { expect, it } from "vitest";
import { MOST_AHEAD } from "../sequence/sequence-window.ts";
import { type CallbackStanding, foldCallbacks, type NumberedCall } from "./fold-callbacks.ts";

const none: CallbackStanding = { acknowledged: 0, ahead: [], newest: 0 };
const calls = (...sequences: readonly number[]): NumberedCall[] => sequences.map((sequence) => ({ sequence }));

it("takes each number once, whatever the order, the repeats and the groups, and lets none go back", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 20 }))), (groups) => {
      let standing = none;
      let newest = 0;
      const taken: number[] = [];
      for (const group of groups) {
        const folded = foldCallbacks(standing, calls(...group));
        for (const { call, late } of folded.taken) {
          expect(late).toBe(call.sequence < Math.max(0, ...taken));
          taken.push(call.sequence);
        }
        if (folded.newest) {
          expect(folded.newest.sequence).toBeGreaterThan(newest);
          newest = folded.newest.sequence;
        }
        standing = folded.standing;
      }
      expect(taken.toSorted((a, b) => a - b)).toEqual([...new Set(groups.flat())].toSorted((a, b) => a - b));
      expect([standing.newest, newest]).toEqual([Math.max(0, ...taken), Math.max(0, ...taken)]);
    }),
  );
});

it("refuses a number that cannot be, and goes on with the others", () => {
  const [far, next] = calls(MOST_AHEAD + 1, 1);
  if (!far || !next) throw new Error("two calls");
  const folded = foldCallbacks(none, [far, next]);
  expect([...folded.refused]).toEqual([far]);
  expect(folded.taken).toEqual([{ call: next, late: false }]);
  expect(folded.standing).toEqual({ acknowledged: 1, ahead: [], newest: 1 });
});
