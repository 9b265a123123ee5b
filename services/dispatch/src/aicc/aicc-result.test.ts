import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { HostResultSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { HostOptionsSchema, StatusMapping } from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { describe, expect, it } from "vitest";
import { isImprovement, lessonStatus, putData, readStart } from "./aicc-result.ts";
import { readGroups } from "./hacp.ts";

const { SUCCESS_FIRST, COMPLETION_ONLY, BOTH } = StatusMapping;
const { COMPLETE, INCOMPLETE, NOT_ATTEMPTED } = Completion;
const { PASSED, FAILED, UNKNOWN } = Success;
const result = (wishes: MessageInitShape<typeof HostResultSchema>) => create(HostResultSchema, wishes);

describe("a start", () => {
  it.each([
    ["[core]\nlesson_status=not attempted, ab-initio\n[core_lesson]\n", true, ""],
    ["[core]\nlesson_status=N,A\n", true, ""],
    ["[core]\nlesson_status=incomplete, resume\n[core_lesson]\ncmt1.t\n", false, "cmt1.t"],
    ["[core]\nlesson_status=not attempted\n", true, ""],
    ["[core]\nlesson_status=\n", true, ""],
    ["[core]\nlesson_status=incomplete\n", false, ""],
    ["[core]\nlesson_status=not attempted\n[core_lesson]\ncmt1.t\n", false, "cmt1.t"],
    ["", true, ""],
  ])("of %j is fresh: %s", (data, freshEntry, instanceToken) =>
    expect(readStart(readGroups(data))).toMatchObject({ freshEntry, instanceToken }));

  it("names the learner", () => {
    const data = "[Core]\nStudent_ID=j1\nStudent_Name=Doe, Jane\n[Student_Preferences]\nLanguage=de\n";
    expect(readStart(readGroups(data)).learner).toEqual({ id: "j1", name: "Doe, Jane", email: "", language: "de" });
  });
});

describe("the status", () => {
  it.each([
    [SUCCESS_FIRST, COMPLETE, PASSED, "passed"],
    [SUCCESS_FIRST, INCOMPLETE, PASSED, "passed"],
    [SUCCESS_FIRST, COMPLETE, FAILED, "failed"],
    [SUCCESS_FIRST, COMPLETE, UNKNOWN, "completed"],
    [SUCCESS_FIRST, INCOMPLETE, UNKNOWN, "incomplete"],
    [SUCCESS_FIRST, NOT_ATTEMPTED, UNKNOWN, "not attempted"],
    [COMPLETION_ONLY, COMPLETE, FAILED, "completed"],
    [COMPLETION_ONLY, INCOMPLETE, PASSED, "incomplete"],
    [BOTH, COMPLETE, PASSED, "passed"],
    [BOTH, INCOMPLETE, PASSED, "incomplete"],
    [BOTH, COMPLETE, UNKNOWN, "completed"],
    [BOTH, INCOMPLETE, FAILED, "failed"],
  ])("by mapping %i of completion %i and success %i is %s", (mapping, completion, success, status) =>
    expect(lessonStatus(result({ completion, success }), mapping)).toBe(status));
});

describe("what PutParam says", () => {
  const telling = { options: create(HostOptionsSchema, { suspendWhenIncomplete: true }), instanceToken: "cmt1.t" };
  const core = (data: string) => Object.fromEntries(readGroups(data).get("core") ?? []);

  it("is status, score and time of a course that is through", () => {
    const told = result({ completion: COMPLETE, success: PASSED, scoreRaw: 8, scoreMin: 0, scoreMax: 10 });
    const data = putData(told, { ...telling, sessionSeconds: 3_725.4 });
    expect(core(data)).toEqual({ lesson_location: "", lesson_status: "passed", score: "8,10,0", time: "01:02:05" });
    expect(readGroups(data).get("core_lesson")?.get("")).toBe("cmt1.t");
  });

  it("suspends what is not through, so that the host keeps our token", () =>
    expect(core(putData(result({ completion: INCOMPLETE }), { ...telling, sessionSeconds: 0 }))).toEqual({
      lesson_location: "",
      lesson_status: "incomplete, suspend",
      score: "",
      time: "00:00:00",
    }));

  it.each([
    [{ scoreRaw: 8, scoreMin: 0, scoreMax: 10 }, "80,100,0"],
    [{ scoreRaw: 5, scoreMin: -5, scoreMax: 15 }, "50,100,0"],
    [{ scoreRaw: 7, scoreScaled: 0.7 }, "70,100,0"],
    [{ scoreRaw: 70 }, "70,100,0"],
    [{}, ""],
  ])("scales %j to %s where the host wants it", (score, text) => {
    const options = create(HostOptionsSchema, { scaleScore: true });
    expect(core(putData(result(score), { ...telling, options, sessionSeconds: 0 })).score).toBe(text);
  });

  it.each([
    [{ scoreRaw: 7 }, "7"],
    [{ scoreRaw: 7, scoreMax: 9 }, "7,9"],
  ])("leaves %j as it is otherwise", (score, text) =>
    expect(core(putData(result(score), { ...telling, sessionSeconds: 0 })).score).toBe(text));
});

describe("an improvement", () => {
  const passed = result({ completion: COMPLETE, success: PASSED, scoreScaled: 0.8 });
  it.each([
    ["the first result", undefined, result({ completion: INCOMPLETE }), true],
    ["a better status", result({ completion: INCOMPLETE }), passed, true],
    ["a better score", passed, result({ ...passed, scoreScaled: 0.9 }), true],
    ["the same", passed, passed, false],
    ["a worse score", passed, result({ ...passed, scoreScaled: 0.1 }), false],
    [
      "a worse status with a better score",
      passed,
      result({ completion: COMPLETE, success: FAILED, scoreScaled: 1 }),
      false,
    ],
  ])("is %s", (_, before, after, better) => expect(isImprovement(before, after, SUCCESS_FIRST)).toBe(better));
});
