import { create } from "@bufbuild/protobuf";
import { HostResultSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { ReceiptOutcome } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { describe, expect, it } from "vitest";
import { verdictOf } from "./acknowledgement.ts";
import { summaryOf } from "./summary.ts";
import type { ToldCall } from "./told-call.ts";
import { toldResult } from "./told-result.ts";

const { ACCEPTED, REFUSED, THREW, SILENT, TOLERATED } = ReceiptOutcome;
type Line = readonly [call: string, element: string, outcome: ReceiptOutcome, result?: number, value?: string];

const calls = (...lines: readonly Line[]): ToldCall[] =>
  lines.map(([call, element, outcome, resultSequence = 0, value = ""], index) => ({
    ...{ sequence: index + 1, call, element, value, outcome, resultSequence },
  }));
const set12 = (outcome: ReceiptOutcome, result: number, value = "completed"): Line => [
  ...(["LMSSetValue", "cmi.core.lesson_status", outcome, result, value] as const),
];
const commit12 = (outcome: ReceiptOutcome, result = 0): Line => ["LMSCommit", "", outcome, result];

const verdict = (...lines: readonly Line[]) => {
  const { accepted, refused } = verdictOf(calls(...lines));
  return [accepted, refused ? [refused.result, refused.by.sequence] : undefined];
};

describe("whether a host has a result", () => {
  it.each<[string, Line[], unknown]>([
    ["nothing was told", [], [0, undefined]],
    ["a status that was not kept yet", [set12(ACCEPTED, 1)], [0, undefined]],
    ["a status that was kept", [set12(ACCEPTED, 1), commit12(ACCEPTED, 1)], [1, undefined]],
    ["kept by ending", [set12(ACCEPTED, 1), ["LMSFinish", "", ACCEPTED, 1]], [1, undefined]],
    ["kept under no number", [set12(ACCEPTED, 1), commit12(ACCEPTED)], [1, undefined]],
    ["a Commit before the status", [commit12(ACCEPTED, 1), set12(ACCEPTED, 1)], [0, undefined]],
    ["a refused status", [set12(REFUSED, 1), commit12(ACCEPTED, 1)], [0, [1, 1]]],
    ["a status at which the host threw", [set12(THREW, 1), commit12(ACCEPTED, 1)], [0, [1, 1]]],
    ["a refused Commit", [set12(ACCEPTED, 1), commit12(REFUSED, 1)], [0, [1, 2]]],
    ["no answer to Commit", [set12(ACCEPTED, 1), commit12(SILENT, 1)], [0, [1, 2]]],
    [
      "a Commit that went well later",
      [set12(ACCEPTED, 1), commit12(REFUSED, 1), commit12(ACCEPTED, 1)],
      [1, undefined],
    ],
    ["a status that was taken later", [set12(REFUSED, 1), set12(ACCEPTED, 1), commit12(ACCEPTED, 1)], [1, undefined]],
    ["an error that means nothing", [set12(ACCEPTED, 1), commit12(TOLERATED, 1)], [1, undefined]],
    [
      "an older one taken, a newer refused",
      [set12(ACCEPTED, 1), commit12(ACCEPTED, 1), set12(REFUSED, 2)],
      [1, [2, 3]],
    ],
    [
      "an older one refused, a newer taken",
      [set12(REFUSED, 1), set12(ACCEPTED, 2), commit12(ACCEPTED, 2)],
      [2, undefined],
    ],
    [
      "one status of two refused",
      [
        ["SetValue", "cmi.completion_status", ACCEPTED, 3],
        ["SetValue", "cmi.success_status", REFUSED, 3],
        ["Commit", "", ACCEPTED, 3],
      ],
      [0, [3, 2]],
    ],
    [
      "time and place refused alone",
      [
        ["SetValue", "cmi.score.raw", ACCEPTED, 3],
        ["SetValue", "cmi.session_time", REFUSED, 3],
        ["SetValue", "cmi.suspend_data", THREW, 3],
        ["Commit", "", ACCEPTED, 3],
      ],
      [3, undefined],
    ],
    ["nothing to say, as the host has better", [commit12(ACCEPTED, 4)], [4, undefined]],
    ["a Commit of something else", [commit12(ACCEPTED, 0)], [0, undefined]],
    [
      "server to server, taken",
      [
        ["GetParam", "", ACCEPTED],
        ["PutParam", "", ACCEPTED, 2],
      ],
      [2, undefined],
    ],
    [
      "server to server, refused",
      [
        ["PutParam", "", SILENT, 2],
        ["ExitAU", "", ACCEPTED, 2],
      ],
      [0, [2, 1]],
    ],
    [
      "server to server, later",
      [
        ["PutParam", "", SILENT, 2],
        ["PutParam", "", ACCEPTED, 2],
      ],
      [2, undefined],
    ],
  ])("%s", (_, lines, expected) => {
    expect(verdict(...lines)).toEqual(expected);
    const shuffled = verdictOf(calls(...lines).toReversed());
    expect(shuffled).toEqual(verdictOf(calls(...lines)));
  });
});

describe("what a host has", () => {
  const at = new Date("2026-11-20T10:32:00Z");
  it("is what it had, changed by what it took", () => {
    const before = create(HostResultSchema, { completion: Completion.INCOMPLETE, scoreRaw: 40, scoreMax: 100 });
    const told = calls(
      set12(ACCEPTED, 2, "passed"),
      ["LMSSetValue", "cmi.core.score.raw", REFUSED, 2, "90"],
      ["LMSSetValue", "cmi.core.score.raw", ACCEPTED, 1, "70"],
    );
    expect(toldResult(before, told, 2, at)).toMatchObject({
      ...{ completion: Completion.COMPLETE, success: Success.PASSED, scoreRaw: 40, scoreMax: 100 },
    });
    expect(before.completion).toBe(Completion.INCOMPLETE);
  });

  it("has both statuses of SCORM 2004 and no score that is none", () => {
    const told = calls(
      ["SetValue", "cmi.completion_status", ACCEPTED, 1, "completed"],
      ["SetValue", "cmi.success_status", ACCEPTED, 1, "failed"],
      ["SetValue", "cmi.score.scaled", ACCEPTED, 1, "0.5"],
      ["SetValue", "cmi.score.raw", ACCEPTED, 1, ""],
    );
    const { completion, success, scoreScaled, scoreRaw } = toldResult(undefined, told, 1, at);
    expect([completion, success, scoreScaled, scoreRaw]).toEqual([Completion.COMPLETE, Success.FAILED, 0.5, undefined]);
  });
});

describe("a sentence about an answer", () => {
  const says = (call: string, element: string, outcome: ReceiptOutcome, errorCode = "0", value = "") =>
    summaryOf({ call, element, value, errorCode, errorText: "", outcome });
  it.each([
    [says("SetValue", "cmi.completion_status", REFUSED, "351"), "their LMS refused completion with error 351"],
    [
      says("LMSSetValue", "cmi.core.lesson_status", REFUSED, "405", "passed"),
      "their LMS refused success with error 405",
    ],
    [says("LMSSetValue", "cmi.core.lesson_status", ACCEPTED, "0", "completed"), "their LMS took completion"],
    [says("LMSSetValue", "cmi.core.score.raw", REFUSED), "their LMS refused the score without an error code"],
    [says("LMSCommit", "", ACCEPTED), "their LMS kept what it was told"],
    [says("LMSCommit", "", REFUSED, "101"), "their LMS refused to keep what it was told with error 101"],
    [says("Terminate", "", THREW), "their LMS failed at the end: its own script threw an error"],
    [says("Commit", "", SILENT), "their LMS gave no answer about keeping what it was told"],
    [
      says("LMSGetValue", "cmi.core.entry", TOLERATED, "401"),
      "their LMS answered how the learner came with error 401, which means nothing",
    ],
    [says("PutParam", "", SILENT), "their LMS gave no answer about the result"],
    [says("Odd", "", ACCEPTED), "their LMS took the call Odd"],
    [says("SetValue", "cmi.other", ACCEPTED), "their LMS took the value of cmi.other"],
  ])("%s", (sentence, expected) => expect(sentence).toBe(expected));
});
