import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  addDestination,
  addDispatch,
  callsOf,
  type DispatchHarness,
  refusal,
  startDispatch,
  stranger,
} from "./dispatch-harness.ts";
import { record } from "./recorded.ts";

const range = { firstDay: "2026-03-01", lastDay: "2026-03-31" };
let now = new Date("2026-03-20T12:00:00Z");
let harness: DispatchHarness;
let shared: Dispatch;
let closed: Dispatch;

beforeAll(async () => {
  harness = await startDispatch({ now: () => now });
  const destination = await addDestination(harness, { name: "Harbour", branding: { primaryColor: "#112233" } });
  shared = await addDispatch(harness, { name: "Fire safety", destinationId: destination.id, shareAnalytics: true });
  closed = await addDispatch(harness, { name: "Forklift", destinationId: destination.id });
  await record(harness, shared, [
    {
      learner: "ana",
      launches: ["2026-03-10T09:00:00Z"],
      completion: Completion.COMPLETE,
      success: Success.PASSED,
      score: 90,
    },
    { learner: "ben", launches: ["2026-03-11T09:00:00Z"] },
  ]);
  await record(harness, closed, [{ learner: "cem", launches: ["2026-03-10T09:00:00Z"] }]);
});
afterAll(() => harness.stop());

const tokenOf = (url: string): string => new URL(url).hash.slice(1);
const open = (token: string) => callsOf(harness, anonymous).reportLinks.openReport({ token, range });

it("shows a customer the figures of a dispatch that shares them, without names", async () => {
  const request = { requestId: uuidV7(), of: { case: "dispatchId" as const, value: shared.id } };
  const { url, reportLink } = await callsOf(harness).reportLinks.createReportLink(request);
  expect(url).toMatch(/^http:\/\/dispatch\.test\/report#[\w-]{43}$/);
  const report = await open(tokenOf(url));
  expect(report.title).toBe("Fire safety");
  expect(report.branding?.primaryColor).toBe("#112233");
  expect(Number(report.summary?.launches)).toBe(2);
  expect(report.timeline).toHaveLength(31);
  expect(report.usage).toHaveLength(1);
  expect(report.learners).toEqual([]);

  const again = await callsOf(harness).reportLinks.createReportLink(request);
  expect([again.reportLink?.id, again.url]).toEqual([reportLink?.id, ""]);
  const { reportLinks } = await callsOf(harness).reportLinks.listReportLinks({ dispatchId: shared.id });
  expect(reportLinks.map(({ id, lastUseTime }) => [id, lastUseTime !== undefined])).toEqual([[reportLink?.id, true]]);
});

it("lists learners by name when the link allows it, a page at a time", async () => {
  const of = { case: "destinationId" as const, value: shared.destinationId };
  const { url } = await callsOf(harness).reportLinks.createReportLink({ requestId: uuidV7(), of, withLearners: true });
  const { reportLinks } = callsOf(harness, anonymous);
  const first = await reportLinks.openReport({ token: tokenOf(url), range, page: { pageSize: 1 } });
  expect(first.title).toBe("Harbour");
  expect(first.learners.map(({ name }) => name)).toEqual(["Learner ben"]);
  const pageToken = first.page?.nextPageToken ?? "";
  const second = await reportLinks.openReport({ token: tokenOf(url), range, page: { pageSize: 1, pageToken } });
  // Cem's dispatch does not share.
  expect(second.learners.map(({ name, scoreRaw }) => [name, scoreRaw])).toEqual([["Learner ana", 90]]);
  expect(second.page?.nextPageToken).toBe("");
});

it("is refused for what is not shared, and ends with the sharing", async () => {
  const of = { case: "dispatchId" as const, value: closed.id };
  const { reportLinks, dispatches } = callsOf(harness);
  expect(await refusal(reportLinks.createReportLink({ requestId: uuidV7(), of }))).toBe("ANALYTICS_NOT_SHARED");
  const updateMask = { paths: ["share_analytics"] };
  await dispatches.updateDispatch({ dispatch: { id: closed.id, shareAnalytics: true }, updateMask });
  const { url } = await reportLinks.createReportLink({ requestId: uuidV7(), of });
  expect((await open(tokenOf(url))).title).toBe("Forklift");
  await dispatches.updateDispatch({ dispatch: { id: closed.id, shareAnalytics: false }, updateMask });
  expect(await refusal(open(tokenOf(url)))).toBe("REPORT_LINK_INVALID");
});

it("ends with its time, and when it is taken back", async () => {
  const of = { case: "dispatchId" as const, value: shared.id };
  const expireTime = timestampFromDate(new Date("2026-03-21T00:00:00Z"));
  const { reportLinks } = callsOf(harness);
  const timed = await reportLinks.createReportLink({ requestId: uuidV7(), of, expireTime });
  const taken = await reportLinks.createReportLink({ requestId: uuidV7(), of });
  await callsOf(harness, stranger).reportLinks.deleteReportLink({ id: taken.reportLink?.id ?? "" });
  expect((await open(tokenOf(taken.url))).title).toBe("Fire safety");
  await reportLinks.deleteReportLink({ id: taken.reportLink?.id ?? "" });
  expect(await refusal(open(tokenOf(taken.url)))).toBe("REPORT_LINK_INVALID");
  now = new Date("2026-03-21T00:00:00Z");
  expect(await refusal(open(tokenOf(timed.url)))).toBe("REPORT_LINK_INVALID");
  expect(await refusal(open("a".repeat(43)))).toBe("REPORT_LINK_INVALID");
});
