import { describe, expect, it } from "vitest";
import { launchNumbers, positionOfStep, stepIndexAt } from "./step-position.ts";
import { whatIfRows } from "./what-if-rows.ts";

const step = (launchId: string, seq: number) => ({ id: `${launchId}${seq}`, launchId, seq });
const steps = [step("a", 1), step("a", 9), step("b", 1), step("b", 7)];

describe("the step at a call", () => {
  it("is the one that the call caused, or the newest before it", () => {
    expect(["a:1", "a:8", "a:9", "a:40", "b:6"].map((at) => stepIndexAt(steps, at))).toEqual([0, 0, 1, 1, 2]);
    expect(steps.map((each, index) => stepIndexAt(steps, positionOfStep(each)) === index)).not.toContain(false);
  });

  it("is the newest of all without an address, and with one of a launch that took no step", () =>
    expect([stepIndexAt(steps, undefined), stepIndexAt(steps, "c:3"), stepIndexAt([], "a:1")]).toEqual([3, 3, -1]));

  it("is the last one of the launch before for a call that came earlier than every step", () =>
    expect([stepIndexAt(steps, "b:0"), stepIndexAt(steps, "a:0")]).toEqual([1, 0]));
});

it("numbers launches in the order they began", () =>
  expect([...launchNumbers(steps)]).toEqual([
    ["a", 1],
    ["b", 2],
  ]));

it("lays a trial beside what happened and marks where they part", () =>
  expect(whatIfRows(steps, steps.slice(0, 2), "a9").map((row) => [row.wouldBe?.id, row.firstDifference])).toEqual([
    ["a1", false],
    ["a9", true],
    [undefined, false],
    [undefined, false],
  ]));
