import { describe, expect, it } from "vitest";
import { PART_SIZE, readMembers, union, writeMembers } from "./member-set.ts";

const every = (step: number): number[] =>
  Array.from({ length: Math.ceil(PART_SIZE / step) }, (_, index) => index * step);
const merged = (...sets: Buffer[]) => {
  const text = (isMap: boolean): string =>
    Buffer.concat(sets.filter(({ length }) => (length === 8192) === isMap)).toString("base64");
  return { lists: text(false), maps: text(true) };
};

describe("a set of learners", () => {
  it.each([
    ["nobody", []],
    ["some", [0, 7, 8, 255, 256, 65_535]],
    ["one fewer than a map has", every(16).slice(1)],
    ["as many as a map has", every(16)],
    ["everybody", every(1)],
  ])("of %s reads as it was written", (_, numbers) => {
    const bytes = writeMembers(numbers.toReversed());
    expect(bytes.length).toBe(numbers.length < 4096 ? numbers.length * 2 : 8192);
    expect(readMembers(bytes)).toEqual(numbers);
  });

  it("unites lists and maps of several parts, and counts each learner once", () => {
    const some = union();
    some.add(0, merged(writeMembers([1, 2, 3]), writeMembers([3, 4]), writeMembers(every(2)), writeMembers(every(3))));
    some.add(2, merged(writeMembers([5])));
    some.addOne(5 + 2 * PART_SIZE);
    some.addOne(PART_SIZE);
    const expected = new Set([1, ...every(2), ...every(3), PART_SIZE, 5 + 2 * PART_SIZE]);
    expect(some.size).toBe(expected.size);
    const seen: number[] = [];
    some.forEach((learnerNo) => void seen.push(learnerNo));
    expect(seen.toSorted((one, other) => one - other)).toEqual([...expected].toSorted((one, other) => one - other));
  });
});
