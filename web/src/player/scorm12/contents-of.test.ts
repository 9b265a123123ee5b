import type { ActivityOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { emptyInstance, type InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import { Scorm12Api } from "@coursemesh/scorm/instance12/scorm12-api.ts";
import { launchOf, outlineOf, scoOf } from "@coursemesh/scorm/instance12/testing/course.ts";
import { describe, expect, it } from "vitest";
import { contentsOf } from "./contents-of.ts";
import { firstActivity, firstLocked, neighboursOf } from "./where-to-go.ts";

const cluster: ActivityOutline = {
  identifier: "Basics",
  title: "The basics",
  visible: true,
  children: [scoOf("A"), { ...scoOf("hidden"), visible: false }, scoOf("B")],
};
const outline = outlineOf(cluster, scoOf("Test", { prerequisites: "Basics" }));

/** The state after some activities were opened and left with a status. */
function after(...visits: readonly (readonly [string, string])[]): InstanceState {
  const api = new Scorm12Api(outline, launchOf("L"), emptyInstance, () => {});
  for (const [identifier, status] of visits) {
    api.navigate("choice", identifier);
    api.LMSInitialize("");
    api.LMSSetValue("cmi.core.lesson_status", status);
    api.LMSFinish("");
  }
  api.navigate("exit");
  return api.state();
}
const basicsDone = after(["A", "completed"], ["hidden", "completed"], ["B", "completed"]);

describe("contentsOf", () => {
  it("nests visible activities, marks the current one and explains a lock by what is not finished", () => {
    const [basics, test] = contentsOf(outline, after(["A", "completed"]), "B");
    expect(basics?.children.map(({ title, status, current }) => [title, status, current])).toEqual([
      ["A", "completed", false],
      ["B", "notAttempted", true],
    ]);
    expect(basics?.status).toBeUndefined();
    expect(test).toMatchObject({
      status: "locked",
      selectable: false,
      reason: { kind: "finishFirst", titles: ["The basics"] },
    });
  });

  it("unlocks when the prerequisites are met", () => {
    expect(contentsOf(outline, basicsDone, "")[1]).toMatchObject({ status: "notAttempted", selectable: true });
  });
});

describe("where a launch begins", () => {
  it("is the first activity for a new learner, and where the learner left off for others", () => {
    expect(firstActivity(outline, emptyInstance)).toBe("A");
    expect(firstActivity(outline, after(["A", "completed"], ["B", "incomplete"]))).toBe("B");
  });

  it("is the first that is not done, when the last one is", () => {
    expect(firstActivity(outline, basicsDone)).toBe("Test");
  });

  it("is nowhere when everything waits for something", () => {
    const closed = outlineOf(scoOf("X", { prerequisites: "Y" }), scoOf("Y", { prerequisites: "X" }));
    expect(firstActivity(closed, emptyInstance)).toBeUndefined();
    expect(firstLocked(closed, emptyInstance)).toEqual({ title: "X", unmet: ["Y"] });
  });
});

describe("neighboursOf", () => {
  it("skips what is locked and ends at the ends", () => {
    expect(neighboursOf(outline, emptyInstance, "B")).toEqual({ previous: "hidden", next: undefined });
    expect(neighboursOf(outline, basicsDone, "B").next).toBe("Test");
    expect(neighboursOf(outline, emptyInstance, "A").previous).toBeUndefined();
  });
});
