import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Completion, ResultSchema, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { describe, expect, it } from "vitest";
import { hostResult, isFinished, isWorthTelling } from "./host-result.ts";

type Wishes = MessageInitShape<typeof ResultSchema>;
const result = (wishes: Wishes) => create(ResultSchema, wishes);
const at = new Date("2026-05-05T12:00:00Z");

describe("what a host is told", () => {
  it("has the score as the course gave it, and whole seconds", () => {
    const told = hostResult(
      result({
        completion: Completion.COMPLETE,
        success: Success.PASSED,
        score: { scaled: 0.4, raw: 4, min: 0, max: 10 },
        totalSeconds: 61.6,
      }),
      at,
    );
    expect(told).toMatchObject({ scoreScaled: 0.4, scoreRaw: 4, scoreMin: 0, scoreMax: 10, totalSeconds: 62n });
  });

  it("has a raw score also where the course gave a scaled one alone", () =>
    expect(hostResult(result({ score: { scaled: 0.57 } }), at)).toMatchObject({
      scoreScaled: 0.57,
      scoreRaw: 57,
      scoreMin: 0,
      scoreMax: 100,
    }));

  it("has no score where there is none", () => {
    const { scoreRaw, scoreScaled } = hostResult(result({ completion: Completion.COMPLETE }), at);
    expect([scoreRaw, scoreScaled]).toEqual([undefined, undefined]);
  });
});

describe("news for a host", () => {
  const before: Wishes = { completion: Completion.INCOMPLETE, success: Success.UNKNOWN, score: { scaled: 0.1 } };
  it.each<[string, Wishes | undefined, Wishes, boolean]>([
    ["nothing", before, before, false],
    ["time and progress alone", before, { ...before, totalSeconds: 90, progress: 0.5 }, false],
    ["a completion", before, { ...before, completion: Completion.COMPLETE }, true],
    ["a success", before, { ...before, success: Success.FAILED }, true],
    ["a score", before, { ...before, score: { scaled: 0.2 } }, true],
    ["a bound of the score", before, { ...before, score: { scaled: 0.1, max: 50 } }, true],
    [
      "a course that was not touched",
      undefined,
      { completion: Completion.NOT_ATTEMPTED, success: Success.UNKNOWN },
      false,
    ],
    ["a course that was begun", undefined, { completion: Completion.INCOMPLETE }, true],
  ])("%s", (_, old, now, news) => expect(isWorthTelling(old && result(old), result(now))).toBe(news));
});

it.each<[Wishes, boolean]>([
  [{}, false],
  [{ completion: Completion.INCOMPLETE, success: Success.UNKNOWN }, false],
  [{ completion: Completion.COMPLETE }, true],
  [{ success: Success.PASSED }, true],
  [{ success: Success.FAILED }, true],
])("%j is finished: %s", (wishes, finished) => expect(isFinished(result(wishes))).toBe(finished));
