import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { CallerKind, CallerSchema, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  DispatchAnalyticsService,
  type ExportDispatchAnalyticsRequest,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import { expect, it } from "vitest";
import { fake, testBff } from "../testing/test-bff.ts";

const callerWith = (...permissions: Permission[]) =>
  create(CallerSchema, { kind: CallerKind.API_KEY, id: "k", organizationId: "o", permissions });
const callers = { reader: callerWith(Permission.DISPATCH_READ), other: callerWith(Permission.ANALYTICS_READ) };

async function download(query: string, authorization: keyof typeof callers = "reader") {
  const seen: ExportDispatchAnalyticsRequest[] = [];
  const analytics = fake(DispatchAnalyticsService, {
    async *exportDispatchAnalytics(request) {
      seen.push(request);
      if (request.range?.firstDay === "2026-02-30")
        throw serviceError(Code.InvalidArgument, "FIELD_INVALID", "no such day");
      yield { chunk: Buffer.from("day\r\n") };
      yield { chunk: Buffer.from("2026-03-10\r\n") };
    },
  });
  const bff = await testBff({ fakes: [analytics], callers });
  const answer = await bff.web.inject({ url: `/web/dispatch/export?${query}`, headers: { authorization } });
  return { answer, request: seen[0] };
}

it("sends figures piece by piece, of some days and dispatches", async () => {
  const [one, two] = ["01960000-0000-7000-8000-000000000001", "01960000-0000-7000-8000-000000000002"];
  const query = `from=2026-03-01&to=2026-03-31&time_zone=Europe/Berlin&dispatch=${one},${two}`;
  const { answer, request } = await download(query);
  expect([answer.statusCode, answer.body]).toEqual([200, "day\r\n2026-03-10\r\n"]);
  expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(request).toMatchObject({
    range: { firstDay: "2026-03-01", lastDay: "2026-03-31", timeZone: "Europe/Berlin" },
    dispatchIds: [one, two],
  });
});

it("says what is wrong before it sends anything, and sends nothing to those who may not read dispatches", async () => {
  expect((await download("from=2026-02-30&to=2026-03-01")).answer.statusCode).toBe(400);
  expect((await download("from=2026-03-01&to=2026-03-01", "other")).answer.statusCode).toBe(403);
});
