import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as, personCaller } from "@coursemesh/platform/testing/test-mesh.ts";
import { ExportFormat, ExportService } from "@coursemesh/proto/coursemesh/analytics/v1/export_pb.ts";
import { type ActivityEntry, ActivityKind, LiveService } from "@coursemesh/proto/coursemesh/analytics/v1/live_pb.ts";
import { OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import {
  FigureKind,
  RegistrationFactsService,
} from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import { Dimension, Measure, SavedReportService } from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import { UsageReportService } from "@coursemesh/proto/coursemesh/analytics/v1/usage_report_pb.ts";
import {
  DestinationCreatedSchema,
  DispatchLaunchedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { RegistrationDeletedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type AnalyticsHarness,
  administrator,
  ORGANIZATION,
  owner,
  startAnalytics,
  stranger,
} from "./analytics-harness.ts";
import { courseEvents, courseId, envelope, eventsOf, generateAttempts } from "./generated-attempts.ts";

const TO = Date.now() - 3 * 86_400_000;
const FROM = TO - 10 * 86_400_000;
const DESTINATION = "f0000000-0000-7000-8000-000000000001";
const attempts = generateAttempts(60, FROM, TO);
const launched = attempts.filter(({ opened_at }) => opened_at !== null);
const period = { startTime: timestampFromMs(FROM - 86_400_000), endTime: timestampFromMs(TO + 6 * 86_400_000) };
const sum = (values: readonly (bigint | undefined)[]) => values.reduce<bigint>((all, one) => all + (one ?? 0n), 0n);

let harness: AnalyticsHarness;

beforeAll(async () => {
  harness = await startAnalytics();
  const dispatched = launched.slice(0, 5).map((attempt) =>
    envelope(ORGANIZATION, DispatchLaunchedSchema, TO, {
      registrationId: attempt.registration_id,
      destinationId: DESTINATION,
      dispatchId: "f0000000-0000-7000-8000-000000000002",
    }),
  );
  await harness.announce([
    ...courseEvents(ORGANIZATION),
    envelope(ORGANIZATION, DestinationCreatedSchema, TO, { destination: { id: DESTINATION, name: "=Acme" } }),
    ...attempts.flatMap((attempt) => eventsOf(ORGANIZATION, attempt)),
    ...dispatched,
  ]);
});
afterAll(() => harness.stop());

it("keeps a report, shows a shared one to others, and lets only its owner change it", async () => {
  const reports = harness.mesh.clients.of(SavedReportService);
  const colleague = personCaller(ORGANIZATION, "viewer", "00000000-0000-7000-8000-00000000bbbb");
  const question = { lastDays: 30, dimensions: [Dimension.COURSE], measures: [Measure.LAUNCHES], sort: -2 };
  const requestId = uuidV7();
  const order = { requestId, savedReport: { name: "Launches", question, shared: true } };
  const report = present((await as(owner, () => reports.createSavedReport(order))).savedReport);
  expect((await as(owner, () => reports.createSavedReport(order))).savedReport?.id).toBe(report.id);
  expect((await as(colleague, () => reports.listSavedReports({}))).savedReports.map(({ id }) => id)).toEqual([
    report.id,
  ]);
  const update = { savedReport: { ...report, name: "Mine", shared: false }, updateMask: { paths: ["name", "shared"] } };
  expect((await failure(as(colleague, () => reports.updateSavedReport(update)))).reason).toBe("PERMISSION_MISSING");
  const { savedReport: changed } = await as(owner, () => reports.updateSavedReport(update));
  expect([changed?.name, changed?.etag]).toEqual(["Mine", "2"]);
  expect((await failure(as(owner, () => reports.updateSavedReport(update)))).reason).toBe("ETAG_MISMATCH");
  const run = { by: { case: "savedReportId" as const, value: report.id } };
  for (const caller of [colleague, stranger])
    expect((await failure(as(caller, () => reports.runReport(run)))).reason).toBe("SAVED_REPORT_NOT_FOUND");
  const { rows } = await as(owner, () => reports.runReport(run));
  expect(sum(rows.map(({ measures }) => measures[0]?.value.value as bigint))).toBe(BigInt(launched.length));
  expect(rows[0]?.dimensions[0]?.name).toMatch(/^Course/);
  await as(owner, () => reports.deleteSavedReport({ id: report.id }));
  expect((await failure(as(owner, () => reports.getSavedReport({ id: report.id })))).reason).toBe(
    "SAVED_REPORT_NOT_FOUND",
  );
});

it("computes the same sums over every dimension", async () => {
  const reports = harness.mesh.clients.of(SavedReportService);
  const measures = [Measure.LAUNCHES, Measure.NEW_REGISTRATIONS, Measure.ACTIVE_LEARNERS];
  const every = [1, 2, 3, 4, 5, 6, 8, 9] as Dimension[];
  for (const dimensions of [[], ...every.map((dimension) => [dimension]), [Dimension.TIME, Dimension.COURSE]]) {
    const question = { period, dimensions, measures };
    const { rows } = await as(owner, () =>
      reports.runReport({ page: { pageSize: 500 }, by: { case: "question", value: question } }),
    );
    const columns = [0, 1].map((index) => sum(rows.map((row) => row.measures[index]?.value.value as bigint)));
    expect([dimensions, columns]).toEqual([dimensions, [BigInt(launched.length), BigInt(attempts.length)]]);
  }
  const nothing = { by: { case: "question" as const, value: { period, dimensions: [], measures: [] } } };
  expect((await failure(as(owner, () => reports.runReport(nothing)))).reason).toBe("REPORT_INVALID");
});

it("exports every report as whole lines", async () => {
  const exports = harness.mesh.clients.of(ExportService);
  const file = async (
    report: Parameters<typeof exports.exportReport>[0]["report"],
    format: ExportFormat = ExportFormat.CSV,
  ) => {
    const chunks: string[] = [];
    for await (const { chunk } of exports.exportReport({ format, report } as never))
      chunks.push(Buffer.from(chunk).toString());
    return chunks.join("").trim().split("\n");
  };
  await as(owner, async () => {
    const facts = { case: "registrations", value: { period, figure: FigureKind.REGISTERED } } as never;
    expect(await file(facts)).toHaveLength(attempts.length + 1);
    const json = await file(facts, ExportFormat.NDJSON);
    expect(json.map((line) => JSON.parse(line).registration_id).toSorted()).toEqual(
      attempts.map(({ registration_id }) => registration_id).toSorted(),
    );
    expect(await file({ case: "courses", value: { period } } as never)).toHaveLength(7);
    expect(await file({ case: "questions", value: { period, courseId: courseId(0) } } as never)).not.toHaveLength(1);
    expect(await file({ case: "learners", value: { period } } as never)).toHaveLength(
      new Set(attempts.map(({ learner }) => learner)).size + 1,
    );
    expect((await file({ case: "customers", value: { period } } as never))[1]).toContain("'=Acme");
  });
});

it("tells what a customer and the organization used", async () => {
  const usage = harness.mesh.clients.of(UsageReportService);
  await as(owner, async () => {
    const { customers } = await usage.listCustomerUsage({ period });
    expect(customers.map(({ name, figures }) => [name, figures?.launches])).toEqual([["=Acme", 5n]]);
    const { customer, courses } = await usage.getCustomerUsage({ destinationId: DESTINATION, period });
    expect(sum(courses.map(({ figures }) => figures?.launches))).toBe(customer?.figures?.launches);
    const { usage: own } = await usage.getOrganizationUsage({ period });
    expect([own?.courses, own?.launches]).toEqual([6n, BigInt(launched.length)]);
    expect((await failure(usage.getCustomerUsage({ destinationId: courseId(0), period }))).reason).toBe(
      "DESTINATION_NOT_FOUND",
    );
  });
  expect((await as(administrator, () => usage.listOrganizationUsage({ period }))).usages).toEqual([]);
});

it("sends figures and happenings as they come, with values for those who may read them", async () => {
  const live = harness.mesh.clients.of(LiveService);
  const stop = new AbortController();
  const now = Date.now();
  const attempt = {
    ...present(generateAttempts(1, now - 1_000, now, 77)[0]),
    opened_at: now - 900,
    answered_at: now - 800,
    judged_at: now - 700,
    ended_at: now - 600,
  };
  await as(owner, async () => {
    const overviews = live.streamOverview({}, { signal: stop.signal })[Symbol.asyncIterator]();
    const happenings = live
      .streamActivity({ kinds: [ActivityKind.CALL], withValues: true }, { signal: stop.signal })
      [Symbol.asyncIterator]();
    const before = present((await overviews.next()).value?.today).launches;
    expect((await happenings.next()).value?.entries).toEqual([]);
    await harness.announce(eventsOf(ORGANIZATION, attempt));
    const later = (await overviews.next()).value;
    expect(later?.today?.launches).toBe(before + 1n);
    expect(sum(later?.launchesByMinute ?? [])).toBe(1n);
    const entries: readonly ActivityEntry[] = (await happenings.next()).value?.entries ?? [];
    expect(entries.map(({ name, value }) => [name, value])).toEqual([
      ["answered", attempt.correct ? "a" : "b"],
      ["terminated", ""],
    ]);
    stop.abort();
    await Promise.allSettled([overviews.return?.(), happenings.return?.()]);
  });
});

it("forgets a registration that was deleted, with its learner, and stays so when its events come late", async () => {
  const [gone, ...rest] = attempts.filter(
    ({ learner }, _, all) => all.filter((one) => one.learner === learner).length === 1,
  );
  expect(rest.length).toBeGreaterThan(0);
  const victim = present(gone);
  const deleted = envelope(ORGANIZATION, RegistrationDeletedSchema, Date.now(), {
    registrationId: victim.registration_id,
  });
  const client = harness.mesh.clients.of(OverviewService);
  const read = async () => {
    const { figures, learnerCount } = await as(owner, () => client.getOverview({ period }));
    return [figures?.registrations, figures?.activeLearners, learnerCount];
  };
  const [registrations, active, learners] = await read();
  await harness.announce([deleted, ...eventsOf(ORGANIZATION, victim)]);
  const wasActive = victim.opened_at === null ? 0n : 1n;
  expect(await read()).toEqual([present(registrations) - 1n, present(active) - wasActive, present(learners) - 1n]);
  const facts = harness.mesh.clients.of(RegistrationFactsService);
  const list = await as(owner, () =>
    facts.listRegistrationFacts({ period, figure: FigureKind.REGISTERED, page: { pageSize: 500 } }),
  );
  expect(list.registrations.map(({ registrationId }) => registrationId)).not.toContain(victim.registration_id);
});
