import { describe, expect, it } from "vitest";
import { type ActivityState, unopenedActivity } from "./activity-state.ts";
import { openActivity } from "./open-activity.ts";
import { lenientPolicy } from "./policy.ts";

const terms = { mode: "normal", credit: "credit", policy: lenientPolicy } as const;
const left: ActivityState = {
  ...unopenedActivity,
  opened: 1,
  sessions: 1,
  ended: "finish",
  values: {
    "cmi.suspend_data": "s",
    "cmi.core.lesson_status": "completed",
    "cmi.core.score.raw": "5",
    "cmi.student_preference.audio": "9",
  },
};

describe("openActivity", () => {
  it("resumes after a closed window without an exit only where the policy says so", () => {
    const closed: ActivityState = { ...left, ended: "close" };
    expect(openActivity(closed, terms).session?.entry).toBe("");
    const policy = { ...lenientPolicy, resumeAfterClosedWindow: true };
    expect(openActivity(closed, { ...terms, policy }).session?.entry).toBe("resume");
    expect(openActivity({ ...closed, exit: "logout" }, { ...terms, policy }).session?.entry).toBe("");
    expect(openActivity(left, { ...terms, policy }).session?.entry).toBe("");
  });

  it("forgets a bookmark after a normal exit only where the policy says so, and never status, score and preferences", () => {
    expect(openActivity(left, terms).values).toEqual(left.values);
    const policy = { ...lenientPolicy, forgetUnlessSuspended: true };
    expect(Object.keys(openActivity(left, { ...terms, policy }).values)).toEqual([
      "cmi.core.lesson_status",
      "cmi.core.score.raw",
      "cmi.student_preference.audio",
    ]);
    expect(openActivity({ ...left, exit: "suspend" }, { ...terms, policy }).values).toEqual(left.values);
    expect(openActivity({ ...left, ended: "close" }, { ...terms, policy }).values).toEqual(left.values);
  });
});
