import { expect, it } from "vitest";
import type { AttemptReport } from "./run-time-input.ts";
import { openSession, prepareCourse } from "./session.ts";
import { step } from "./step.ts";

const course = prepareCourse({ edition: "4th", root: { identifier: "root", title: "root" } });
const environment = { now: 0, random: () => 0 };
const report = (sessionTime: number, more: Partial<AttemptReport> = {}): AttemptReport => ({
  objectives: [],
  exit: "",
  sessionTime,
  ...more,
});

it("counts the session time of a delivery once, however often it is reported, and goes on adding after a resumption", () => {
  let session = step(openSession(course), { navigation: { type: "start" } }, environment).session;
  session = step(session, { report: report(10) }, environment).session;
  session = step(session, { report: report(15), navigation: { type: "suspendAll" } }, environment).session;
  session = step(session, { navigation: { type: "resumeAll" } }, environment).session;
  session = step(session, { report: report(4) }, environment).session;
  expect(session.tracking[0]).toMatchObject({ attemptExperiencedDuration: 19, activityExperiencedDuration: 19 });
});

it("changes what is known without ending the attempt", () => {
  const started = step(openSession(course), { navigation: { type: "start" } }, environment).session;
  const { session, effects } = step(started, { report: report(0, { successStatus: "failed" }) }, environment);
  expect(effects).toEqual([]);
  expect(session.tracking[0]).toMatchObject({ active: true, objectives: [{ satisfied: false }] });
});
