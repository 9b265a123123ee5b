import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { failure } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { CourseReportService, TimeKind } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import { OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import {
  FigureKind,
  type ListRegistrationFactsRequestSchema,
  RegistrationFactsService,
} from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import { LaunchEndedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AnalyticsHarness, ORGANIZATION, owner, startAnalytics, stranger } from "./analytics-harness.ts";
import { type Attempt, courseEvents, courseId, eventsOf, generateAttempts } from "./generated-attempts.ts";

const FROM = Date.parse("2026-10-05T00:00:00Z");
const TO = Date.parse("2026-10-26T00:00:00Z");
/** Asked for: the middle of what was made up, so that there is something before and after it. */
const [START, END] = [Date.parse("2026-10-11T00:00:00Z"), Date.parse("2026-10-19T00:00:00Z")];
const attempts = generateAttempts(400, FROM, TO, 3);
const period = { startTime: timestampFromMs(START), endTime: timestampFromMs(END) };
/** Every tenth launch has not ended. */
const stillOpen = new Set(attempts.filter(({ opened_at }, index) => opened_at !== null && index % 10 === 0));

let harness: AnalyticsHarness;

beforeAll(async () => {
  harness = await startAnalytics();
  const events = attempts.flatMap((attempt) =>
    eventsOf(ORGANIZATION, attempt).filter(
      ({ type }) => !stillOpen.has(attempt) || type !== LaunchEndedSchema.typeName,
    ),
  );
  await harness.announce([...courseEvents(ORGANIZATION), ...events], 500);
});
afterAll(() => harness.stop());

type Asked = Omit<MessageInitShape<typeof ListRegistrationFactsRequestSchema>, "$typeName" | "page" | "period">;

/** Registrations behind a figure; the total is theirs. */
async function behind(asked: Asked) {
  const facts = harness.mesh.clients.of(RegistrationFactsService);
  const { registrations, page } = await as(owner, () =>
    facts.listRegistrationFacts({ ...asked, period, page: { pageSize: 500, withTotal: true } }),
  );
  expect(page?.total).toBe(BigInt(registrations.length));
  return registrations;
}

const idsBehind = async (asked: Asked) => (await behind(asked)).map(({ registrationId }) => registrationId).toSorted();
const idsOf = (is: (attempt: Attempt) => boolean) =>
  attempts
    .filter(is)
    .map(({ registration_id }) => registration_id)
    .toSorted();
const within = (at: number | null): boolean => at !== null && at >= START && at < END;
const before = (at: number | null): boolean => at !== null && at < END;
const isComplete = ({ verdict }: Attempt): boolean => verdict === "passed" || verdict === "completed";

it.each<[string, FigureKind, (attempt: Attempt) => boolean]>([
  ["launched", FigureKind.LAUNCHED, ({ opened_at }) => within(opened_at)],
  ["became complete", FigureKind.COMPLETIONS, (one) => within(one.judged_at) && isComplete(one)],
  ["became passed", FigureKind.PASSES, ({ judged_at, verdict }) => within(judged_at) && verdict === "passed"],
  ["became failed", FigureKind.FAILURES, ({ judged_at, verdict }) => within(judged_at) && verdict === "failed"],
  ["were complete", FigureKind.COMPLETED, (one) => before(one.judged_at) && isComplete(one)],
  [
    "were complete without a verdict",
    FigureKind.COMPLETED_ONLY,
    (one) => before(one.judged_at) && one.verdict === "completed",
  ],
  [
    "were under way",
    FigureKind.INCOMPLETE,
    (one) => before(one.answered_at) && !(before(one.judged_at) && one.verdict !== "none"),
  ],
  ["are in a course", FigureKind.OPEN, (one) => stillOpen.has(one)],
])("lists those that %s", async (_, figure, is) => {
  const expected = idsOf(is);
  expect(expected.length).toBeGreaterThan(5);
  expect(expected.length).toBeLessThan(attempts.length);
  expect(await idsBehind({ figure })).toEqual(expected);
});

it("lists as many as the overview counts", async () => {
  const { figures, openSessionCount } = await as(owner, () =>
    harness.mesh.clients.of(OverviewService).getOverview({ period }),
  );
  for (const [figure, count] of [
    [FigureKind.LAUNCHED, figures?.launches],
    [FigureKind.COMPLETIONS, figures?.completions],
    [FigureKind.PASSES, figures?.passes],
    [FigureKind.FAILURES, figures?.failures],
    [FigureKind.COMPLETED, figures?.completion?.count],
    [FigureKind.COMPLETED_ONLY, figures?.statuses?.completed],
    [FigureKind.INCOMPLETE, figures?.statuses?.incomplete],
    [FigureKind.OPEN, openSessionCount],
  ] as const)
    expect([figure, BigInt((await behind({ figure })).length)]).toEqual([figure, count]);
  const learners = new Set((await behind({ figure: FigureKind.ACTIVE })).map(({ learnerId }) => learnerId));
  expect(BigInt(learners.size)).toBe(figures?.activeLearners);
});

const course = { courseId: courseId(0), period };
const filter = { courseIds: [courseId(0)] };
const reports = () => harness.mesh.clients.of(CourseReportService);

it("lists those behind each step of scores and times, and those without a score", async () => {
  const scores = await as(owner, () => reports().getScoreDistribution(course));
  for (const { from, to, count } of scores.steps)
    expect(await behind({ filter, figure: FigureKind.SCORED, scoreFrom: from, scoreTo: to })).toHaveLength(
      Number(count),
    );
  expect(scores.withoutScore).toBeGreaterThan(0n);
  const unscored = await behind({ filter, figure: FigureKind.UNSCORED });
  expect(unscored).toHaveLength(Number(scores.withoutScore));
  expect(unscored.every(({ result }) => result?.score === undefined)).toBe(true);
  for (const kind of [TimeKind.WALL, TimeKind.ACTIVE, TimeKind.REPORTED]) {
    const times = await as(owner, () => reports().getTimeDistribution({ ...course, kind, steps: 6 }));
    expect(times.steps.length).toBe(6);
    for (const [index, { from, to, count }] of times.steps.entries()) {
      const end = index === times.steps.length - 1 ? {} : { timeToMs: to };
      const listed = await behind({ filter, figure: FigureKind.TIMED, timeKind: kind, timeFromMs: from, ...end });
      expect([kind, index, listed.length]).toEqual([kind, index, Number(count)]);
    }
  }
});

it("lists those that reached, finished and stopped in an activity, and those behind an answer", async () => {
  const { steps } = await as(owner, () => reports().getDropOff(course));
  expect(steps.map(({ activityId }) => activityId).toSorted()).toEqual(["intro", "quiz"]);
  for (const { activityId, reached, finished, stopped } of steps) {
    expect(Math.min(Number(finished), Number(stopped))).toBeGreaterThan(0);
    for (const [figure, count] of [
      [FigureKind.REACHED, reached],
      [FigureKind.FINISHED, finished],
      [FigureKind.STOPPED, stopped],
    ] as const)
      expect([activityId, figure, (await behind({ filter, figure, activityId })).length]).toEqual([
        activityId,
        figure,
        Number(count),
      ]);
  }
  const { questions } = await as(owner, () => reports().listQuestionReports(course));
  for (const { activityId, questionId, answered, correct } of questions) {
    const asked = { filter, figure: FigureKind.ANSWERED, activityId, questionId };
    expect(await behind(asked)).toHaveLength(Number(answered));
    expect(await behind({ ...asked, answer: "a" })).toHaveLength(Number(correct?.count));
  }
  expect((await failure(behind({ figure: FigureKind.REACHED }))).reason).toBe("FIGURE_NOT_LISTABLE");
});

it("lists the registrations by which learners passed, and those of learners who have not", async () => {
  const { steps, notPassed } = await as(owner, () => reports().getAttemptsToPass(course));
  expect(steps.length).toBeGreaterThan(0);
  const learnersBehind = async (count: number): Promise<Set<string>> =>
    new Set((await behind({ filter, figure: FigureKind.ATTEMPTS, attempts: count })).map(({ learnerId }) => learnerId));
  for (const step of steps) expect((await learnersBehind(step.attempts)).size).toBe(Number(step.learners));
  const heard = ({ opened_at, answered_at, judged_at, ended_at }: Attempt) =>
    opened_at !== null && [opened_at, answered_at, judged_at, ended_at].some(within);
  const theirs = attempts.filter((one) => one.course_id === courseId(0) && heard(one));
  const passed = new Set(theirs.flatMap(({ learner, verdict }) => (verdict === "passed" ? [learner] : [])));
  const without = new Set(theirs.flatMap(({ learner }) => (passed.has(learner) ? [] : [learner])));
  expect(await learnersBehind(0)).toEqual(without);
  expect(without.size).toBe(Number(notPassed));
});

it("tells another organization of none", async () => {
  const facts = harness.mesh.clients.of(RegistrationFactsService);
  for (const figure of [FigureKind.LAUNCHED, FigureKind.ATTEMPTS, FigureKind.UNSCORED, FigureKind.OPEN]) {
    const { registrations } = await as(stranger, () => facts.listRegistrationFacts({ period, figure }));
    expect(registrations).toEqual([]);
  }
});
