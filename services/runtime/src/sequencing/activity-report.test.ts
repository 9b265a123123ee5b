import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { UnansweredStep } from "@coursemesh/scorm/instance2004/instance-state.ts";
import { expect, it } from "vitest";
import { activityReport } from "./activity-report.ts";

const report = { objectives: [], exit: "" } as const;
const step = (more: Partial<UnansweredStep>): UnansweredStep => ({
  seq: 1,
  at: 1,
  activity: "A",
  source: "player",
  ...more,
});

it("nothing is reported without an activity or of an abandoned one", () => {
  expect(activityReport(step({}))).toBeUndefined();
  expect(activityReport(step({ activity: "", report }))).toBeUndefined();
});

it("the core's own report goes along whole; the fields leave out what does not fit them", () => {
  const odd = {
    exit: "suspend",
    completionStatus: "completed",
    scoreScaled: 3,
    progressMeasure: 0.5,
    sessionTime: 1.25,
    objectives: [
      { id: "x".repeat(4001) },
      { id: "" },
      { id: "\ud800", successStatus: "failed", scoreRaw: 12, scoreScaled: -1 },
    ],
  } as const;
  const message = activityReport(step({ report: odd, shared: { t: "\u0000" } }));
  expect(message).toMatchObject({
    activityId: "A",
    completion: Completion.COMPLETE,
    success: Success.UNSPECIFIED,
    progressMeasure: 0.5,
    sessionTimeMs: 1250n,
    suspended: true,
    exit: "suspend",
    objectives: [{ objectiveId: "\ufffd", success: Success.FAILED, scoreRaw: 12, scoreScaled: -1 }],
  });
  expect(message?.scoreScaled).toBeUndefined();
  expect(JSON.parse(Buffer.from(message?.reportJson ?? []).toString())).toEqual(odd);
  expect(JSON.parse(Buffer.from(message?.sharedJson ?? []).toString())).toEqual({ t: "\u0000" });
});
