import type { DispatchFigures } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addDestination,
  addDispatch,
  callsOf,
  type DispatchHarness,
  refusal,
  startDispatch,
  stranger,
} from "./dispatch-harness.ts";
import { record, recordDeployment, recordRefusal } from "./recorded.ts";

const { COMPLETE, INCOMPLETE } = Completion;
const { PASSED, FAILED } = Success;

let harness: DispatchHarness;
let fire: Dispatch;
let forklift: Dispatch;
let deployment: string;

beforeAll(async () => {
  harness = await startDispatch();
  const destination = await addDestination(harness, { name: "Harbour" });
  fire = await addDispatch(harness, { name: "Fire safety", destinationId: destination.id, shareAnalytics: true });
  forklift = await addDispatch(harness, { name: "=Forklift", destinationId: destination.id });
  const untracked = await addDispatch(harness, { destinationId: destination.id, trackingEnabled: false });
  deployment = await recordDeployment(harness, fire, "lms.harbour.example");
  await record(harness, fire, [
    // Ana: two days, passed on the second; 23:30 in Berlin on the 9th is the 9th there and 22:30 here.
    {
      learner: "ana",
      launches: ["2026-03-09T22:30:00Z", "2026-03-10T09:00:00Z"],
      completion: COMPLETE,
      success: PASSED,
      score: 90,
      seconds: 600,
      finished: "2026-03-10T09:20:00Z",
      deployment,
    },
    {
      learner: "ben",
      launches: ["2026-03-10T23:30:00Z"],
      completion: COMPLETE,
      success: FAILED,
      score: 40,
      seconds: 300,
      finished: "2026-03-10T23:45:00Z",
      deployment,
    },
    { learner: "cem", launches: ["2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z"], completion: INCOMPLETE, seconds: 60 },
    { learner: "dea", launches: ["2026-03-10T12:00:00Z"] },
    {
      learner: "eva",
      launches: ["2026-03-10T13:00:00Z"],
      completion: COMPLETE,
      seconds: 1,
      finished: "2026-03-12T00:00:00Z",
    },
    {
      learner: "try",
      launches: ["2026-03-10T14:00:00Z"],
      completion: COMPLETE,
      finished: "2026-03-10T15:00:00Z",
      test: true,
    },
  ]);
  await record(harness, forklift, [{ learner: "ana", launches: ["2026-03-10T10:00:00Z"] }]);
  await record(harness, untracked, [{ learner: "ana", launches: ["2026-03-10T10:00:00Z"] }]);
  await recordRefusal(harness, fire, "2026-03-10T16:00:00Z");
});
afterAll(() => harness.stop());

/** The figures that are not 0. */
function told(figures: DispatchFigures | undefined): Record<string, number> {
  const pairs = Object.entries(figures ?? {}).filter(([name, value]) => !name.startsWith("$") && value !== undefined);
  return Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)]).filter(([, value]) => value !== 0));
}

const march = { firstDay: "2026-03-09", lastDay: "2026-03-11", timeZone: "UTC" };

describe("figures of a dispatch", () => {
  it("count each learner of the range once, each session in the day it was begun", async () => {
    const { summary, timeline } = await callsOf(harness).analytics.getDispatchAnalytics({
      dispatchId: fire.id,
      range: march,
    });
    expect(timeline.map(({ day }) => day)).toEqual(["2026-03-09", "2026-03-10", "2026-03-11"]);
    expect(told(timeline[0]?.figures)).toEqual({
      launches: 1,
      uniqueLearners: 1,
      averageScore: 90,
      totalSeconds: 600,
      passed: 1,
    });
    expect(told(timeline[1]?.figures)).toEqual({
      ...{ launches: 6, uniqueLearners: 5, completions: 2, averageScore: 40, totalSeconds: 361 },
      ...{ failed: 1, incomplete: 1, notAttempted: 1, completed: 1, refusals: 1 },
    });
    expect(told(timeline[2]?.figures)).toEqual({});
    expect(told(summary)).toEqual({
      ...{ launches: 7, uniqueLearners: 5, completions: 2, averageScore: 65, totalSeconds: 961 },
      ...{ passed: 1, failed: 1, incomplete: 1, notAttempted: 1, completed: 1, refusals: 1 },
    });
  });

  it("cut days by the calendar of the zone asked for", async () => {
    const range = { firstDay: "2026-03-10", lastDay: "2026-03-11", timeZone: "Europe/Berlin" };
    const { timeline } = await callsOf(harness).analytics.getDispatchAnalytics({ dispatchId: fire.id, range });
    expect(timeline.map(({ figures }) => Number(figures?.launches))).toEqual([5, 1]);
    const tokyo = { firstDay: "2026-03-10", lastDay: "2026-03-10", timeZone: "Asia/Tokyo" };
    const there = await callsOf(harness).analytics.getDispatchAnalytics({ dispatchId: fire.id, range: tokyo });
    // From 15:00 on the 9th to 15:00 on the 10th: Ana twice, Cem twice, Dea, Eva.
    expect(Number(there.summary?.launches)).toBe(6);
    expect(Number(there.summary?.uniqueLearners)).toBe(4);
  });

  it("are told by deployment", async () => {
    const { deployments } = await callsOf(harness).analytics.getDispatchAnalytics({
      dispatchId: fire.id,
      range: march,
    });
    expect(deployments.map((row) => [row.deployment?.id, row.deployment?.lmsDomain])).toEqual([
      [deployment, "lms.harbour.example"],
    ]);
    expect(told(deployments[0]?.figures)).toMatchObject({ launches: 3, uniqueLearners: 2, passed: 1, failed: 1 });
  });

  it("leave out what is tried out or not tracked, over all dispatches as well", async () => {
    const overview = await callsOf(harness).analytics.getDispatchOverview({
      range: march,
      destinationId: fire.destinationId,
    });
    expect(Number(overview.summary?.launches)).toBe(8);
    expect(overview.dispatchCount).toBe(3);
    expect(overview.activeDeploymentCount).toBe(1);
    const ranks = overview.dispatches.map((it) => [it.name, it.destinationName, Number(it.figures?.launches)]);
    expect(ranks).toEqual([
      ["Fire safety", "Harbour", 7],
      ["=Forklift", "Harbour", 1],
    ]);
    const places = overview.deployments.map((it) => [it.deployment?.lmsDomain, Number(it.figures?.launches)]);
    expect(places).toEqual([["lms.harbour.example", 3]]);
    const others = await callsOf(harness, stranger).analytics.getDispatchOverview({ range: march });
    expect(told(others.summary)).toEqual({});
    expect(others.dispatchCount).toBe(0);
  });

  it("are sent as CSV, without formulas in names", async () => {
    const chunks: string[] = [];
    const stream = callsOf(harness).analytics.exportDispatchAnalytics({
      range: march,
      dispatchIds: [fire.id, forklift.id],
    });
    for await (const { chunk } of stream) chunks.push(Buffer.from(chunk).toString());
    const lines = chunks.join("").trimEnd().split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^day,dispatch_id,external_id,name,destination,launches,/);
    expect(lines.find((line) => line.startsWith(`2026-03-10,${forklift.id}`))).toContain(",'=Forklift,Harbour,1,1,");
    expect(lines.find((line) => line.startsWith(`2026-03-10,${fire.id}`))).toContain(
      ",Fire safety,Harbour,6,5,2,40,361,",
    );
  });

  it("are refused to others, and for days that are none", async () => {
    const { analytics } = callsOf(harness, stranger);
    expect(await refusal(analytics.getDispatchAnalytics({ dispatchId: fire.id, range: march }))).toBe(
      "DISPATCH_NOT_FOUND",
    );
    const wrong = { firstDay: "2026-02-30", lastDay: "2026-03-01" };
    expect(await refusal(callsOf(harness).analytics.getDispatchOverview({ range: wrong }))).toBe("FIELD_INVALID");
  });
});
