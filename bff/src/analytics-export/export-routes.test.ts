import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { type ExportReportRequest, ExportService } from "@coursemesh/proto/coursemesh/analytics/v1/export_pb.ts";
import { FigureKind } from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import { CallerKind, CallerSchema, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { expect, it } from "vitest";
import { fake, testBff } from "../testing/test-bff.ts";

const callerWith = (...permissions: Permission[]) =>
  create(CallerSchema, { kind: CallerKind.API_KEY, id: "k", organizationId: "o", permissions });
const callers = {
  reader: callerWith(Permission.ANALYTICS_READ),
  other: callerWith(Permission.STATEMENT_READ),
};
const FROM = "from=2026-11-01T00:00:00Z";

async function download(query: string, authorization: keyof typeof callers = "reader") {
  const seen: ExportReportRequest[] = [];
  const exports = fake(ExportService, {
    async *exportReport(request) {
      seen.push(request);
      if (request.locale === "wrong") throw serviceError(Code.InvalidArgument, "REPORT_INVALID", "no such locale");
      yield { chunk: Buffer.from("one\n") };
      yield { chunk: Buffer.from("two\n") };
    },
  });
  const bff = await testBff({ fakes: [exports], callers });
  const answer = await bff.web.inject({ url: `/web/analytics/export?${query}`, headers: { authorization } });
  return { answer, report: seen[0]?.report };
}

it("sends the file piece by piece, under a name, with period and filters", async () => {
  const { answer, report } = await download(`report=courses&${FROM}&time_zone=Europe/Berlin&tag=new,old&order=name`);
  expect([answer.statusCode, answer.body]).toEqual([200, "one\ntwo\n"]);
  expect(answer.headers).toMatchObject({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="courses.csv"',
  });
  expect(report).toMatchObject({
    case: "courses",
    value: {
      period: { startTime: { seconds: 1_793_491_200n }, timeZone: "Europe/Berlin" },
      filter: { tags: ["new", "old"] },
    },
  });
});

it("exports the registrations behind a number, scores and times each by their own bounds", async () => {
  const scored = await download(`report=registrations&${FROM}&figure=scored&figure_from=0.5&figure_to=0.6`);
  expect(scored.report?.value).toMatchObject({ figure: FigureKind.SCORED, scoreFrom: 0.5, scoreTo: 0.6 });
  const timed = await download(`report=registrations&${FROM}&figure=timed&figure_from=1000&time_kind=wall`);
  expect(timed.report?.value).toMatchObject({ figure: FigureKind.TIMED, timeFromMs: 1000 });
  expect(timed.report?.value).not.toHaveProperty("scoreFrom");
});

it("says what is wrong with a request before it sends anything, and to whom it sends nothing", async () => {
  for (const query of [
    "report=courses",
    `${FROM}&report=questions`,
    `${FROM}&step=fortnight`,
    `${FROM}&report=registrations&figure=luck`,
  ])
    expect((await download(query)).answer.statusCode, query).toBe(400);
  const refused = await download(`${FROM}&locale=wrong`);
  expect([refused.answer.statusCode, refused.answer.body]).toEqual([400, expect.stringContaining("REPORT_INVALID")]);
  expect((await download(FROM, "other")).answer.statusCode).toBe(403);
});
