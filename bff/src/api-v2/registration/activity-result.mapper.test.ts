import { create } from "@bufbuild/protobuf";
import {
  ActivityStateSchema,
  Completion,
  ResultSchema,
  Success,
} from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { describe, expect, it } from "vitest";
import { timeTracked, toActivityDetails } from "./activity-result.mapper.ts";

const outlineJson = JSON.stringify({
  title: "Golf",
  organizationIdentifier: "org",
  activities: [{ identifier: "quiz", title: "Quiz", launch: { href: "q.html", type: "sco" }, children: [] }],
});
const quiz = create(ActivityStateSchema, {
  activity: "quiz",
  completion: Completion.COMPLETE,
  success: Success.PASSED,
  score: { scaled: 0.855 },
  totalSeconds: 62.5,
  attemptCount: 2,
  stateJson: JSON.stringify({
    values: { "cmi.core.lesson_status": "passed", "cmi.suspend_data": "p=3" },
    exit: "suspend",
    objectives: [],
    interactions: [
      {
        id: "q1",
        time: "10:00:00",
        type: "true-false",
        weighting: "1",
        student_response: "t",
        result: "correct",
        latency: "",
        objectives: [],
        correct_responses: ["t"],
      },
    ],
  }),
});
const result = create(ResultSchema, { completion: Completion.COMPLETE, success: Success.PASSED, progress: 1 });
const all = { children: true, runtime: true, interactions: true };

describe("activity details", () => {
  it("show the course and its activities with scores from 0 to 100", () =>
    expect(toActivityDetails([quiz], outlineJson, result, all)).toMatchObject({
      id: "org",
      activityCompletion: "COMPLETED",
      completionAmount: { scaled: 100 },
      children: [{ id: "quiz", score: { scaled: 85.5 }, timeTracked: "0000:01:02.50", attempts: 2 }],
    }));

  it("show the data model when it was asked for", () =>
    expect(toActivityDetails([quiz], outlineJson, result, all)).toMatchObject({
      children: [
        {
          runtime: {
            completionStatus: "passed",
            suspendData: "p=3",
            runtimeInteractions: [{ type: "TrueFalse", learnerResponse: "t", correctResponses: ["t"] }],
          },
        },
      ],
    }));

  it("show only the course when nothing else was asked for", () =>
    expect(
      toActivityDetails([quiz], outlineJson, result, { children: false, runtime: false, interactions: false }),
    ).toMatchObject({
      children: [],
    }));
});

it("writes durations with four digits of hours", () => {
  expect(timeTracked(0)).toBe("0000:00:00.00");
  expect(timeTracked(3_726.66)).toBe("0001:02:06.66");
});
