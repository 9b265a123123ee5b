import { toJson } from "@bufbuild/protobuf";
import { timestampDate, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { CourseReportService, TimeKind } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import { LearnerReportService } from "@coursemesh/proto/coursemesh/analytics/v1/learner_report_pb.ts";
import { GetOverviewResponseSchema, OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import { type Figures, Step } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import { RebuildService, RebuildState } from "@coursemesh/proto/coursemesh/analytics/v1/rebuild_pb.ts";
import {
  FigureKind,
  RegistrationFactsService,
} from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import {
  type AnalyticsHarness,
  administrator,
  ORGANIZATION,
  OTHER,
  owner,
  startAnalytics,
  stranger,
} from "./analytics-harness.ts";
import { directFigures, writeAttempts } from "./direct-counts.ts";
import { courseEvents, courseId, disordered, eventsOf, generateAttempts } from "./generated-attempts.ts";

/** ANALYTICS_ATTEMPTS=100000 makes the long form of this. */
const COUNT = Number(process.env.ANALYTICS_ATTEMPTS ?? 700);
/** The long form takes its time. */
const LIMIT_MS = Math.max(120_000, COUNT * 20);
// The clocks of Berlin go back on October 25, 2026.
const FROM = Date.parse("2026-10-12T00:00:00Z");
const TO = Date.parse("2026-11-09T00:00:00Z");
const ZONE = "Europe/Berlin";
const attempts = generateAttempts(COUNT, FROM, TO);
const others = generateAttempts(40, FROM, TO, 9);

let harness: AnalyticsHarness;

beforeAll(async () => {
  harness = await startAnalytics();
  await writeAttempts(harness.test.ownerUrl, attempts);
  const events = attempts.flatMap((attempt) => eventsOf(ORGANIZATION, attempt));
  const strange = others.flatMap((attempt) => eventsOf(OTHER, attempt));
  await harness.announce(disordered([...courseEvents(ORGANIZATION), ...events, ...strange]), 500, LIMIT_MS);
}, LIMIT_MS);
afterAll(() => harness.stop());

const period = (from: number, to: number, step: Step = Step.DAY, timeZone = ZONE) => ({
  startTime: timestampFromMs(from),
  endTime: timestampFromMs(to),
  step,
  timeZone,
});
const client = () => harness.mesh.clients.of(OverviewService);
const all = period(FROM - 86_400_000, TO + 10 * 86_400_000);
const midnight = Date.parse("2026-10-24T22:00:00Z");

/** Figures without what has no direct count here. */
const shown = (figures: Figures | undefined) => ({
  activeLearners: Number(figures?.activeLearners),
  registrations: Number(figures?.registrations),
  newRegistrations: Number(figures?.newRegistrations),
  launches: Number(figures?.launches),
  completed: Number(figures?.completion?.count),
  passed: Number(figures?.pass?.count),
  judged: Number(figures?.pass?.of),
  failed: Number(figures?.failed),
  completions: Number(figures?.completions),
  passes: Number(figures?.passes),
  averageScore: figures?.averageScoreScaled?.toFixed(12),
  wallMs: Number(figures?.time?.wallMs),
  activeMs: Number(figures?.time?.activeMs),
  reportedMs: Number(figures?.time?.reportedMs),
  notAttempted: Number(figures?.statuses?.notAttempted),
  incomplete: Number(figures?.statuses?.incomplete),
});
const direct = (from: number, to: number, where = "true") => directFigures(harness.test.ownerUrl, from, to, where);

it("counts what a direct count over the attempts counts, after disorder and duplicates", async () => {
  for (const [from, to] of [
    [FROM - 86_400_000, TO + 10 * 86_400_000],
    [Date.parse("2026-10-20T10:15:00Z"), Date.parse("2026-11-02T03:45:00Z")],
  ] as const) {
    const { figures, previous } = await as(owner, () => client().getOverview({ period: period(from, to) }));
    expect(shown(figures)).toEqual(await direct(from, to));
    expect(shown(previous)).toEqual(await direct(from - (to - from), from));
  }
});

it.each([
  ["a course", { courseIds: [courseId(0), courseId(3)] }, `course_id in ('${courseId(0)}', '${courseId(3)}')`],
  ["a source", { sources: ["web"] }, "source = 'web'"],
  [
    "a source and a course",
    { sources: ["api"], courseIds: [courseId(1)] },
    `source = 'api' and course_id = '${courseId(1)}'`,
  ],
  ["a tag of registrations", { tags: ["pilot"] }, "tag = 'pilot'"],
  ["a tag of a course", { tags: ["safety"] }, `course_id = '${courseId(0)}'`],
  [
    "learners",
    { learnerIds: ["learner-1", "learner-2", "learner-3"] },
    "learner in ('learner-1', 'learner-2', 'learner-3')",
  ],
])("counts the same by %s", async (_, filter, where) => {
  const [from, to] = [Date.parse("2026-10-18T00:00:00Z"), Date.parse("2026-11-01T00:00:00Z")];
  const { figures } = await as(owner, () => client().getOverview({ period: period(from, to), filter }));
  expect(shown(figures)).toEqual(await direct(from, to, where));
});

it("cuts days at midnight of the time zone, also the day of 25 hours", async () => {
  for (const timeZone of [ZONE, "Asia/Kolkata", ""]) {
    const { points } = await as(owner, () =>
      client().getActivityTimeline({
        period: period(midnight - 2 * 86_400_000, midnight + 3 * 86_400_000, Step.DAY, timeZone),
      }),
    );
    const starts = points.map(({ startTime }) => (startTime ? timestampDate(startTime).getTime() : 0));
    if (timeZone === ZONE) {
      expect(starts[2]).toBe(midnight);
      expect((starts[3] ?? 0) - midnight).toBe(25 * 3_600_000);
    }
    for (const [index, point] of points.entries()) {
      const to = starts[index + 1] ?? midnight + 3 * 86_400_000;
      expect(shown(point.figures)).toEqual(await direct(starts[index] ?? 0, to));
    }
  }
});

it("refuses a period with more steps than anybody looks at, and a zone that is none", async () => {
  const far = period(0, TO, Step.HOUR);
  await expect(as(owner, () => client().getActivityTimeline({ period: far }))).rejects.toThrow("longer step");
  await expect(as(owner, () => client().getOverview({ period: { ...all, timeZone: "Moon/Sea" } }))).rejects.toThrow(
    "Moon/Sea",
  );
});

it("adds up engagement: new and returning learners, hours of the week, days of activity", async () => {
  const { points, launchesByHour, groups } = await as(owner, () => client().getEngagement({ period: all }));
  const { figures } = await as(owner, () => client().getOverview({ period: all }));
  const sum = (numbers: readonly bigint[]) => numbers.reduce((one, other) => one + other, 0n);
  expect(sum(points.map(({ newLearners }) => newLearners))).toBe(figures?.activeLearners);
  expect(sum(launchesByHour)).toBe(figures?.launches);
  expect(sum(groups.map(({ learners }) => learners))).toBe(figures?.activeLearners);
});

it("tells scores, times, attempts, stops and answers of a course", async () => {
  const course = { courseId: courseId(0), period: all };
  const reports = harness.mesh.clients.of(CourseReportService);
  const theirs = attempts.filter((one) => one.course_id === courseId(0) && one.opened_at !== null);
  const count = (is: (one: (typeof theirs)[number]) => boolean) => BigInt(theirs.filter(is).length);
  await as(owner, async () => {
    const scores = await reports.getScoreDistribution(course);
    expect(scores.steps.reduce((sum, step) => sum + step.count, 0n)).toBe(count(({ score }) => score !== null));
    expect(scores.steps[9]?.count).toBe(count(({ score }) => (score ?? 0) >= 0.9));
    const times = await reports.getTimeDistribution({ ...course, kind: TimeKind.WALL });
    expect(times.steps.reduce((sum, step) => sum + step.count, 0n)).toBe(BigInt(theirs.length));
    const { steps } = await reports.getDropOff(course);
    for (const step of steps)
      expect([step.activityId, step.reached]).toEqual([
        step.activityId,
        count(({ activity }) => activity === step.activityId),
      ]);
    const passed = await reports.getAttemptsToPass(course);
    const learners = new Set(theirs.flatMap(({ learner, verdict }) => (verdict === "passed" ? [learner] : [])));
    expect(passed.steps.reduce((sum, step) => sum + step.learners, 0n)).toBe(BigInt(learners.size));
    const { questions } = await reports.listQuestionReports(course);
    expect(questions.map(({ answered }) => answered).reduce((sum, one) => sum + one, 0n)).toBe(BigInt(theirs.length));
    expect(questions.reduce((sum, { correct }) => sum + (correct?.count ?? 0n), 0n)).toBe(
      count(({ correct }) => correct),
    );
    const { course: report, versions } = await reports.getCourseReport(course);
    expect(report?.title).toBe("Course 0");
    const ofVersions = versions.reduce((sum, { figures }) => sum + (figures?.launches ?? 0n), 0n);
    expect(ofVersions).toBe(report?.figures?.launches);
  });
});

it("lists as many registrations behind a figure as it counts", async () => {
  const facts = harness.mesh.clients.of(RegistrationFactsService);
  const [from, to] = [Date.parse("2026-10-18T00:00:00Z"), Date.parse("2026-11-01T00:00:00Z")];
  await as(owner, async () => {
    const { figures } = await client().getOverview({ period: period(from, to) });
    const total = async (figure: FigureKind) =>
      (await facts.listRegistrationFacts({ period: period(from, to), figure, page: { withTotal: true } })).page?.total;
    expect(await total(FigureKind.COMPLETED)).toBe(figures?.completion?.count);
    expect(await total(FigureKind.PASSED)).toBe(figures?.pass?.count);
    expect(await total(FigureKind.FAILED)).toBe(figures?.failed);
    expect(await total(FigureKind.NEW)).toBe(figures?.newRegistrations);
    expect(await total(FigureKind.REGISTERED)).toBe(figures?.registrations);
    expect(await total(FigureKind.NOT_ATTEMPTED)).toBe(figures?.statuses?.notAttempted);
  });
});

it("pages courses and learners without gaps", async () => {
  await as(owner, async () => {
    const seen: string[] = [];
    for (let pageToken = ""; seen.length === 0 || pageToken !== ""; ) {
      const reports = harness.mesh.clients.of(LearnerReportService);
      const { learners, page } = await reports.listLearnerReports({ period: all, page: { pageSize: 200, pageToken } });
      seen.push(...learners.map(({ learnerId }) => learnerId));
      pageToken = page?.nextPageToken ?? "";
    }
    expect(seen.length).toBe(new Set(attempts.map(({ learner }) => learner)).size);
    expect(new Set(seen).size).toBe(seen.length);
    const courses = await harness.mesh.clients.of(CourseReportService).listCourseReports({ period: all });
    const { topCourses } = await client().getOverview({ period: all });
    expect(topCourses).toEqual(courses.courses.slice(0, topCourses.length));
    expect(courses.courses.reduce((sum, { figures }) => sum + Number(figures?.launches), 0)).toBe(
      attempts.filter(({ opened_at }) => opened_at !== null).length,
    );
  });
});

it("shows another organization only its own", async () => {
  const { figures } = await as(stranger, () => client().getOverview({ period: all }));
  expect(figures?.registrations).toBe(BigInt(others.length));
  const facts = harness.mesh.clients.of(CourseReportService);
  await expect(as(stranger, () => facts.getCourseReport({ courseId: courseId(0), period: all }))).rejects.toThrow(
    "no such course",
  );
});

it("is the same to the last digit after a rebuild", async () => {
  const answer = async () => {
    const overview = await as(owner, () => client().getOverview({ period: all }));
    return toJson(GetOverviewResponseSchema, { ...overview, freshness: undefined } as typeof overview);
  };
  const before = await answer();
  const rebuilds = harness.mesh.clients.of(RebuildService);
  for (const compareOnly of [true, false]) {
    const { rebuild } = await as(administrator, () => rebuilds.createRebuild({ requestId: uuidV7(), compareOnly }));
    const done = await vi.waitFor(
      async () => {
        const { rebuild: now } = await as(administrator, () => rebuilds.getRebuild({ id: rebuild?.id ?? "" }));
        expect(now?.endTime).toBeDefined();
        return now;
      },
      { timeout: LIMIT_MS, interval: 50 },
    );
    expect([done?.state, done?.error, done?.differences]).toEqual([RebuildState.DONE, "", []]);
    expect(done?.eventCount).toBe(done?.eventTotal);
    expect(await answer()).toEqual(before);
  }
  await expect(as(owner, () => rebuilds.listRebuilds({}))).rejects.toThrow();
});
