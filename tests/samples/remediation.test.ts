import { remediationCourse } from "@coursemesh/samples/build-remediation-package.ts";
import { scorm2004Manifest } from "@coursemesh/samples/scorm2004-manifest.ts";
import { draftOf } from "@coursemesh/scorm/sequencing/draft.ts";
import { isCompleted, isSatisfied } from "@coursemesh/scorm/sequencing/objective-status.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { CoreSystem } from "../conformance/scorm2004/core-system.ts";
import { readCaseManifest } from "../conformance/scorm2004/read-case-manifest.ts";

const { tree } = readCaseManifest(scorm2004Manifest(remediationCourse, []));
const TOPICS = ["starting", "leaving", "fighting"];

const environment = { now: 0, random: () => 0 };

let course: CoreSystem;
beforeEach(() => {
  course = new CoreSystem(tree, { objectives: {}, shared: {} }, environment);
  course.launch();
});

const running = () => course.running?.activity;

/** Ends a lesson, or a test in which only these topics were known, as its page does, and goes on. */
function goOn(known?: readonly string[]): void {
  const sco = course.running?.sco;
  if (!sco) throw new Error("nothing runs");
  const set = (element: string, value: string) => expect([element, sco.set(element, value)]).toEqual([element, true]);
  sco.initialize("");
  if (known) {
    const passed = TOPICS.every((topic) => known.includes(topic));
    const count = Number(sco.get("cmi.objectives._count"));
    const ids = Array.from({ length: count }, (_, at) => sco.get(`cmi.objectives.${at}.id`));
    for (const id of ["course", ...TOPICS]) {
      const isKnown = id === "course" ? passed : known.includes(id);
      const at = `cmi.objectives.${ids.indexOf(id)}`;
      set(`${at}.score.scaled`, isKnown ? "1" : "0");
      set(`${at}.success_status`, isKnown ? "passed" : "failed");
      set(`${at}.completion_status`, isKnown ? "completed" : "incomplete");
    }
    set("cmi.success_status", passed ? "passed" : "failed");
  }
  set("cmi.completion_status", "completed");
  set("cmi.exit", "normal");
  set("adl.nav.request", sco.get("adl.nav.request_valid.continue") === "false" ? "exitAll" : "continue");
  course.leave(undefined);
}

/** Whether the course is passed and completed, as its root says. */
function result() {
  const { root } = course.session.course;
  const draft = draftOf(course.session, environment);
  return { passed: isSatisfied(draft, root, root.primaryObjective), completed: isCompleted(draft, root) };
}

describe("the course with pre-test and remediation", () => {
  it("is over, passed and completed for whoever knows everything before", () => {
    expect(running()).toBe("pretest");
    goOn(TOPICS);
    expect([course.isOpen, running()]).toEqual([false, undefined]);
    expect(result()).toEqual({ passed: true, completed: true });
  });

  it("leaves out the lessons that the pre-test showed to be known, then tests", () => {
    goOn(["leaving"]);
    expect(running()).toBe("how-fires-start");
    goOn();
    expect(running()).toBe("putting-it-out");
    goOn();
    expect(running()).toBe("posttest");
    goOn(TOPICS);
    expect(course.isOpen).toBe(false);
    expect(result()).toEqual({ passed: true, completed: true });
  });

  it("gives the lessons again that the final test found missing, and no others", () => {
    goOn([]);
    for (const lesson of ["how-fires-start", "getting-out", "putting-it-out"]) {
      expect(running()).toBe(lesson);
      goOn();
    }
    goOn(["starting", "leaving"]);
    expect(running()).toBe("putting-it-out");
    expect(result()).toEqual({ passed: false, completed: false });
    goOn();
    expect(running()).toBe("posttest");
    goOn(TOPICS);
    expect(result()).toEqual({ passed: true, completed: true });
  });

  it("ends after the third final test that was failed", () => {
    goOn(["starting", "leaving"]);
    for (const _ of [1, 2, 3]) {
      expect(running()).toBe("putting-it-out");
      goOn();
      expect(running()).toBe("posttest");
      goOn(["starting", "leaving"]);
    }
    expect(course.isOpen).toBe(false);
    expect(result()).toEqual({ passed: false, completed: false });
  });

  it("has the lesson choosable that is known, and the pre-test only once", () => {
    goOn(["leaving"]);
    expect(["pretest", "getting-out", "putting-it-out"].map((activity) => course.running?.canChoose(activity))).toEqual(
      [false, true, true],
    );
  });
});
