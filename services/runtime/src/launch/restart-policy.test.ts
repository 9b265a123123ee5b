import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { expect, it } from "vitest";
import { beginsAnew, type RestartFacts } from "./restart-policy.ts";

const fresh: RestartFacts = {
  completion: Completion.INCOMPLETE,
  success: Success.UNKNOWN,
  instanceCount: 1,
  newerVersion: false,
};
const completed = { ...fresh, completion: Completion.COMPLETE };
const passed = { ...completed, success: Success.PASSED };

it.each([
  ["never", [false, false, false, false]],
  ["when_completed", [false, true, true, true]],
  ["when_passed", [false, false, true, false]],
  ["when_newer_version", [false, false, false, true]],
  ["when_completed_and_newer_version", [false, false, false, true]],
])("begins anew %s", (policy, expected) => {
  const cases = [fresh, completed, passed, { ...completed, newerVersion: true }];
  expect(cases.map((facts) => beginsAnew({ "restart.policy": policy }, facts))).toEqual(expected);
});

it("resumes when no try is left", () => {
  const settings = { "restart.policy": "when_completed", "limits.attempts": "2" };
  expect(beginsAnew(settings, completed)).toBe(true);
  expect(beginsAnew(settings, { ...completed, instanceCount: 2 })).toBe(false);
});
