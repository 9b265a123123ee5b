import { describe, expect, it } from "vitest";
import { lenientPolicy } from "../cmi12/policy.ts";
import { emptyInstance } from "./instance-state.ts";
import { Scorm12Api, type UnnumberedCall } from "./scorm12-api.ts";
import { launchOf, outlineOf } from "./testing/course.ts";

function opened() {
  const calls: UnnumberedCall[] = [];
  const api = new Scorm12Api(outlineOf("A", "B"), launchOf("1"), emptyInstance, (call) => calls.push(call));
  api.navigate("choice", "A");
  return { api, calls };
}

describe("Scorm12Api", () => {
  it("records every call that changes something and every GetValue that failed, with its answer", () => {
    const { api, calls } = opened();
    api.LMSInitialize("");
    api.LMSSetValue("cmi.core.lesson_location", "p1");
    api.LMSGetValue("cmi.core.lesson_location");
    api.LMSGetValue("cmi.core.exit");
    api.LMSFinish("");
    expect(calls.map(({ method, element, result, error }) => [method, element, result, error])).toEqual([
      ["Navigate", "choice", "true", "0"],
      ["Initialize", "", "true", "0"],
      ["SetValue", "cmi.core.lesson_location", "true", "0"],
      ["GetValue", "cmi.core.exit", "", "404"],
      ["Terminate", "", "true", "0"],
    ]);
  });

  it("answers when a course detaches its functions, passes numbers and leaves arguments out", () => {
    const { api } = opened();
    const { LMSInitialize, LMSSetValue, LMSGetValue } = api;
    expect(LMSInitialize()).toBe("true");
    expect(LMSSetValue("cmi.core.score.raw", 85)).toBe("true");
    expect(LMSGetValue("cmi.core.score.raw")).toBe("85");
  });

  it("refuses every call after another launch has taken over, and records none of them", () => {
    const { api, calls } = opened();
    api.LMSInitialize("");
    api.refuse("The course was opened in another window.");
    const recorded = calls.length;
    expect(api.LMSSetValue("cmi.suspend_data", "lost")).toBe("false");
    expect(api.LMSGetLastError()).toBe("101");
    expect(api.LMSGetDiagnostic("")).toContain("another window");
    expect(api.LMSGetValue("cmi.suspend_data")).toBe("");
    expect(api.navigate("exit")).toBe(false);
    expect(calls).toHaveLength(recorded);
  });

  it("gives the next activity a session of its own", () => {
    const { api } = opened();
    api.LMSInitialize("");
    api.LMSSetValue("cmi.suspend_data", "of A");
    api.navigate("continue", "B");
    expect(api.current).toBe("B");
    expect(api.LMSGetValue("cmi.suspend_data")).toBe("");
    expect(api.LMSGetLastError()).toBe("301");
    api.LMSInitialize("");
    expect(api.LMSGetValue("cmi.suspend_data")).toBe("");
    expect(api.LMSGetLastError()).toBe("0");
  });

  it("stays where it is when the target is not in the course", () => {
    const { api, calls } = opened();
    api.LMSInitialize("");
    expect(api.navigate("choice", "C")).toBe(false);
    expect(calls.at(-1)).toMatchObject({ method: "Navigate", result: "false", error: "101" });
    expect(api.LMSCommit("")).toBe("true");
  });

  it("answers 301 between activities", () => {
    const { api } = opened();
    api.navigate("exit");
    expect(api.LMSGetValue("cmi.core.student_id")).toBe("");
    expect(api.LMSGetLastError()).toBe("301");
  });

  it("keeps the identity of activities that did not change", () => {
    const { api } = opened();
    api.LMSInitialize("");
    const before = api.state();
    expect(api.state().activities.A).toBe(before.activities.A);
    api.LMSGetValue("cmi.core.entry");
    expect(api.state().activities.A).toBe(before.activities.A);
    api.LMSSetValue("cmi.core.lesson_location", "2");
    expect(api.state().activities.A).not.toBe(before.activities.A);
    expect(before.activities.A?.values).toEqual({});
  });

  it("tolerates a long suspend_data whole and warns about it", () => {
    const { api } = opened();
    api.LMSInitialize("");
    const long = "x".repeat(5000);
    expect(api.LMSSetValue("cmi.suspend_data", long)).toBe("true");
    expect(api.LMSGetValue("cmi.suspend_data")).toBe(long);
    expect(api.state().activities.A?.warnings).toEqual([
      { rule: "length", element: "cmi.suspend_data", longest: 5000 },
    ]);
  });

  it("refuses a long suspend_data under strict lengths", () => {
    const launch = { ...launchOf("1"), policy: { ...lenientPolicy, strictLengths: true } };
    const api = new Scorm12Api(outlineOf("A"), launch, emptyInstance, () => {});
    api.navigate("choice", "A");
    api.LMSInitialize("");
    expect(api.LMSSetValue("cmi.suspend_data", "x".repeat(4097))).toBe("false");
    expect(api.LMSGetLastError()).toBe("405");
    expect(api.LMSGetDiagnostic("")).toContain("cmi.suspend_data");
    expect(api.LMSGetDiagnostic("").length).toBeLessThanOrEqual(255);
  });
});
