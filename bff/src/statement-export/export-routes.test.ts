import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { CallerKind, CallerSchema, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  ExportFormat,
  ExportService,
  type ExportStatementsRequest,
} from "@coursemesh/proto/coursemesh/lrs/v1/export_pb.ts";
import { expect, it } from "vitest";
import { fake, testBff } from "../testing/test-bff.ts";

const callerWith = (...permissions: Permission[]) =>
  create(CallerSchema, { kind: CallerKind.API_KEY, id: "k", organizationId: "o", permissions });
const callers = {
  reader: callerWith(Permission.STATEMENT_READ),
  own: callerWith(Permission.STATEMENT_READMINE),
};

async function download(query: string, authorization: keyof typeof callers = "reader") {
  const seen: ExportStatementsRequest[] = [];
  const exports = fake(ExportService, {
    async *exportStatements(request) {
      seen.push(request);
      if (request.filter?.agentJson === "{") throw serviceError(Code.InvalidArgument, "QUERY_INVALID", "no JSON");
      yield { chunk: Buffer.from("one\n") };
      yield { chunk: Buffer.from("two\n") };
    },
  });
  const bff = await testBff({ fakes: [exports], callers });
  const answer = await bff.web.inject({ url: `/web/statements/export?${query}`, headers: { authorization } });
  return { answer, request: seen[0] };
}

it("sends the file piece by piece, under a name, with the filters of the Experience API", async () => {
  const { answer, request } = await download(
    "format=csv&verb=http://v&related_agents=true&since=2026-11-20T00:00:00Z&columns=id,actor&time_zone=Europe/Berlin",
  );
  expect([answer.statusCode, answer.body]).toEqual([200, "one\ntwo\n"]);
  expect(answer.headers).toMatchObject({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="statements.csv"',
  });
  expect(request).toMatchObject({
    format: ExportFormat.CSV,
    filter: { verb: "http://v", relatedAgents: true, since: { seconds: 1_795_132_800n } },
    columns: ["id", "actor"],
    timeZone: "Europe/Berlin",
  });
});

it("says what is wrong with a request before it sends anything, and to whom it sends nothing", async () => {
  const invalid = await download("agent={");
  expect([invalid.answer.statusCode, invalid.answer.body]).toEqual([400, expect.stringContaining("QUERY_INVALID")]);
  expect((await download("format=xml")).answer.statusCode).toBe(400);
  expect((await download("", "own")).answer.statusCode).toBe(403);
});
