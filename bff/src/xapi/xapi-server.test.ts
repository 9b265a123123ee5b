import { createHash, randomUUID } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { ALL_PERMISSIONS } from "@coursemesh/platform/auth/permissions.ts";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { type Caller, CallerKind, CallerSchema, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Bff } from "../app.ts";
import { fakeLrs } from "../testing/fake-lrs.ts";
import { testBff } from "../testing/test-bff.ts";

const key = (...permissions: readonly Permission[]): Caller =>
  create(CallerSchema, {
    kind: CallerKind.API_KEY,
    id: permissions.join(),
    organizationId: "o",
    permissions: [...permissions],
  });
const callers = {
  "Basic all": key(...ALL_PERMISSIONS),
  "Basic writer": key(Permission.STATEMENT_WRITE),
  "Basic slow": key(Permission.STATEMENT_READMINE),
  "Basic fast": key(Permission.STATEMENT_WRITE, Permission.STATE_READ),
  "Basic reader": key(Permission.STATEMENT_READ, Permission.STATEMENT_READMINE),
};
const agent = JSON.stringify({ mbox: "mailto:ana@example.com" });
const activityId = "https://example.com/course";

const lrs = fakeLrs();
let bff: Bff;
beforeAll(async () => {
  bff = await testBff({ fakes: lrs.services, callers, env: { XAPI_JSON_LIMIT: "20000" } });
});
beforeEach(() => lrs.reset());
afterAll(() => bff.stop());

interface Call {
  readonly version?: string | undefined;
  readonly authorization?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

async function call(
  method: string,
  path: string,
  { version = "2.0.0", authorization = "Basic all", ...rest }: Call = {},
) {
  const answer = await bff.web.inject({
    method: method as "GET",
    url: `/xapi${path}`,
    headers: {
      ...(version === "" ? {} : { "x-experience-api-version": version }),
      ...(authorization === "" ? {} : { authorization }),
      ...(rest.body === undefined ? {} : { "content-type": "application/json" }),
      ...rest.headers,
    },
    ...(rest.body === undefined ? {} : { payload: rest.body }),
  });
  return {
    status: answer.statusCode,
    headers: answer.headers as Record<string, string | undefined>,
    body: answer.body,
    raw: answer.rawPayload,
    json: () => answer.json(),
    error: () => answer.json().error as Record<string, unknown>,
  };
}

const statement = (id: string = randomUUID()): string =>
  JSON.stringify({ id, actor: JSON.parse(agent), verb: { id: "https://example.com/did" }, object: { id: activityId } });
const query = (parameters: Record<string, string>): string => `?${new URLSearchParams(parameters)}`;
const state = (parameters: Record<string, string> = {}): string =>
  `/activities/state${query({ activityId, agent, ...parameters })}`;

it.each([
  ["1.0", 200, "1.0.3"],
  ["1.0.2", 200, "1.0.3"],
  ["2.0", 200, "2.0.0"],
  ["2.0.17", 200, "2.0.0"],
  ["0.95", 400, "2.0.0"],
  ["2.1.0", 400, "2.0.0"],
  ["1.1", 400, "2.0.0"],
  ["BAD", 400, "2.0.0"],
  ["", 400, "0.95"],
])("XAPI-00331, XAPI-00333: version %j is answered with %i and %s", async (version, status, answered) => {
  const answer = await call("GET", "/statements", { version });
  expect([answer.status, answer.headers["x-experience-api-version"]]).toEqual([status, answered]);
  if (status === 400)
    expect(answer.error()).toMatchObject({ reason: "VERSION_UNSUPPORTED", requirement: "XAPI-00331" });
});

it("assumes the version a key was given for requests that name none", async () => {
  lrs.defaultVersion = XapiVersion.V1_0_3;
  const answer = await call("POST", "/statements", { version: "", body: statement(), authorization: "Basic fast" });
  expect([answer.status, answer.headers["x-experience-api-version"]]).toEqual([200, "1.0.3"]);
  expect(lrs.stored[0]?.version).toBe(XapiVersion.V1_0_3);
});

it("keeps to the requests a minute that a key was given, even where plans have no limits", async () => {
  lrs.requestsPerMinute = 2;
  const answers = [];
  for (let turn = 0; turn < 3; turn++) answers.push(await call("GET", "/statements", { authorization: "Basic slow" }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(Number(answers[2]?.headers["retry-after"])).toBeGreaterThan(0);
  expect(answers[2]?.error()).toMatchObject({ reason: "RATE_LIMIT_REACHED" });
});

it("XAPI-00315: the about resource needs neither a version nor a caller", async () => {
  const answer = await call("GET", "/about", { version: "", authorization: "" });
  expect([answer.status, answer.json()]).toEqual([200, { version: ["1.0.3", "2.0.0"], extensions: {} }]);
});

it.each([
  ["XAPI-00324", "GET", "/statements?foo=1", "foo"],
  ["XAPI-00324", "POST", "/statements?statementId=1", "statementId"],
  ["XAPI-00325", "GET", "/statements?Related_Agents=true", "Related_Agents"],
  ["XAPI-00325", "PUT", `/statements?StatementId=${randomUUID()}`, "StatementId"],
  ["XAPI-00145", "PUT", "/statements", "statementId"],
  ["XAPI-00151", "GET", `/statements?statementId=${randomUUID()}&limit=1`, "limit"],
  [
    "XAPI-00151",
    "GET",
    `/statements?statementId=${randomUUID()}&voidedStatementId=${randomUUID()}`,
    "voidedStatementId",
  ],
  ["XAPI-00150", "GET", `/statements?voidedStatementId=${randomUUID()}&since=2026-01-01T00:00:00Z`, "since"],
  ["parameter-since", "GET", "/statements?since=yesterday", "since"],
  ["parameter-limit", "GET", "/statements?limit=-1", "limit"],
  ["parameter-format", "GET", "/statements?format=pretty", "format"],
  ["parameter-ascending", "GET", "/statements?ascending=1", "ascending"],
  ["parameter-registration", "GET", "/statements?registration=1", "registration"],
  ["parameter-activity", "GET", "/statements?activity=course", "activity"],
  ["parameter-once", "GET", "/statements?limit=1&limit=2", "limit"],
  ["XAPI-00208", "GET", "/activities/state?agent={}", "activityId"],
  ["XAPI-00213", "GET", `/activities/state${query({ activityId })}`, "agent"],
  ["XAPI-00206", "PUT", state(), "stateId"],
  ["XAPI-00211", "POST", state(), "stateId"],
  ["XAPI-00300", "DELETE", `/activities/profile${query({ activityId })}`, "profileId"],
  ["XAPI-00261", "GET", "/agents/profile", "agent"],
  ["XAPI-00250", "GET", "/activities", "activityId"],
  ["XAPI-00243", "GET", "/agents", "agent"],
])("%s: refuses %s %s with 400 and names %s", async (requirement, method, path, parameter) => {
  const hasBody = method === "PUT" || method === "POST";
  const answer = await call(method, path, hasBody ? { body: statement() } : {});
  expect([answer.status, answer.error()]).toMatchObject([400, { requirement, path: parameter }]);
});

it("XAPI-00147: passes one statement on as it was received", async () => {
  const id = randomUUID();
  const body = `  ${statement(id).replace("}", ' , "x" : 1.50 }')}\n`;
  const answer = await call("POST", "/statements", { body });
  expect([answer.status, answer.json()]).toEqual([200, [id]]);
  expect(Buffer.from(lrs.stored[0]?.statements[0]?.json ?? []).toString()).toBe(body);
});

it("XAPI-00146: answers the ids of a batch in order", async () => {
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  const answer = await call("POST", "/statements", { body: `[${ids.map(statement).join(" , ")}]` });
  expect([answer.status, answer.json(), lrs.stored.length]).toEqual([200, ids, 1]);
});

it("XAPI-00143: answers a PUT with 204 and nothing", async () => {
  const id = randomUUID();
  const answer = await call("PUT", `/statements?statementId=${id.toUpperCase()}`, { body: statement(id) });
  expect([answer.status, answer.body, lrs.stored[0]?.statements[0]?.id]).toEqual([204, "", id]);
});

it.each([
  ["text/plain", "1"],
  ["multipart/form-data; boundary=b", "1"],
  ["application/json", ""],
  ["application/json", "[{},,{}]"],
  ["application/json", "[{}] {}"],
  ["application/json", "[{}"],
])("XAPI-00127: refuses a body of type %s that is %j", async (type, body) => {
  const answer = await call("POST", "/statements", { body, headers: { "content-type": type } });
  expect([answer.status, lrs.stored]).toEqual([400, []]);
});

it.each([
  ["STATEMENT_CONFLICT", Code.AlreadyExists, 409],
  ["STATEMENT_INVALID", Code.InvalidArgument, 400],
  ["BATCH_TOO_LARGE", Code.InvalidArgument, 413],
  ["VERB_NOT_ALLOWED", Code.PermissionDenied, 403],
])("says %s (code %i) with %i, the path and the requirement", async (reason, code, status) => {
  const metadata = { path: "$.actor.mbox", requirement: "XAPI-00038", index: "3" };
  lrs.failure = serviceError(code, reason, "no", metadata);
  const answer = await call("POST", "/statements", { body: statement() });
  expect([answer.status, answer.error()]).toMatchObject([
    status,
    { reason, path: "$.actor.mbox", requirement: "XAPI-00038", index: 3 },
  ]);
});

it("says when to come back while more arrives than can be stored", async () => {
  lrs.failure = serviceError(Code.ResourceExhausted, "OVERLOADED", "later", { retry_after_seconds: "2" });
  const answer = await call("POST", "/statements", { body: statement() });
  expect([answer.status, answer.headers["retry-after"]]).toEqual([429, "2"]);
});

it("XAPI-00328: refuses a body that is too large with 413", async () => {
  const answer = await call("POST", "/statements", { body: JSON.stringify({ text: "x".repeat(20_000) }) });
  expect(answer.status).toBe(413);
});

it("counts a compressed body by what it holds", async () => {
  const headers = { "content-encoding": "gzip" };
  const bomb = await call("POST", "/statements", { body: gzipSync("x".repeat(1_000_000)), headers });
  expect(bomb.status).toBe(413);
  const answer = await call("POST", "/statements", { body: gzipSync(statement()), headers });
  expect(answer.status).toBe(200);
});

it("XAPI-00334: answers 401 with a challenge to callers nobody knows", async () => {
  const answer = await call("GET", "/statements", { authorization: "Basic wrong" });
  expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, 'Basic realm="xapi", charset="UTF-8"']);
  expect((await call("GET", "/statements", { authorization: "" })).status).toBe(401);
});

it("does not know a caller by a cookie", async () => {
  const headers = { cookie: "coursemesh_refresh=Basic all; authorization=Basic all" };
  expect((await call("GET", "/statements", { authorization: "", headers })).status).toBe(401);
});

it.each([
  ["Basic writer", "POST", "/statements", 200],
  ["Basic writer", "GET", "/statements", 403],
  ["Basic writer", "GET", state(), 403],
  ["Basic reader", "GET", "/statements", 200],
  ["Basic reader", "POST", "/statements", 403],
  ["Basic reader", "PUT", state({ stateId: "s" }), 403],
])("lets %s %s %s answer %i", async (authorization, method, path, status) => {
  const answer = await call(method, path, { authorization, ...(method === "GET" ? {} : { body: statement() }) });
  expect(answer.status).toBe(status);
  if (status === 403) expect(answer.error()).toMatchObject({ reason: "PERMISSION_MISSING" });
});

it("XAPI-00126: answers HEAD as GET without its body", async () => {
  await call("POST", "/statements", { body: statement() });
  const [get, head] = [await call("GET", "/statements"), await call("HEAD", "/statements")];
  expect([head.status, head.body, head.headers["content-length"]]).toEqual([200, "", get.headers["content-length"]]);
});

it("XAPI-00153: says up to when statements are consistent, whatever the answer is", async () => {
  const header = "x-experience-api-consistent-through";
  const time = "2026-11-20T12:00:00.250Z";
  expect((await call("GET", "/statements")).headers[header]).toBe(time);
  expect((await call("GET", "/statements?wrong=1")).headers[header]).toBe(time);
  expect((await call("GET", `/statements?statementId=${randomUUID()}`)).headers[header]).toBe(time);
  expect(
    (await call("POST", "/statements", { body: statement(), authorization: "Basic writer" })).headers[header],
  ).toBe(time);
});

it("XAPI-00156: answers one statement with the time it was stored", async () => {
  const id = randomUUID();
  await call("POST", "/statements", { body: statement(id) });
  const answer = await call("GET", `/statements?statementId=${id}`);
  expect([answer.status, answer.json().id, answer.headers["last-modified"]]).toEqual([
    200,
    id,
    "Fri, 20 Nov 2026 12:00:00 GMT",
  ]);
  expect((await call("GET", `/statements?statementId=${randomUUID()}`)).error()).toMatchObject({
    reason: "STATEMENT_NOT_FOUND",
  });
});

it("XAPI-00108: leads from page to page until more is empty", async () => {
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  await call("POST", "/statements", { body: `[${ids.map(statement)}]` });
  const first = (await call("GET", "/statements?limit=2")).json();
  expect(first.more).toBe("/xapi/statements/more?token=2");
  const second = (await call("GET", first.more.slice("/xapi".length))).json();
  expect([...first.statements, ...second.statements].map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(second.more).toBe("");
});

it("XAPI-00172: hands all filters on", async () => {
  const filters = {
    agent,
    verb: "https://example.com/did",
    activity: activityId,
    registration: randomUUID().toUpperCase(),
    related_activities: "true",
    related_agents: "true",
    since: "2026-11-20T10:00:00.123456789+02:00",
    until: "2026-11-20",
    limit: "7000",
    format: "canonical",
    ascending: "true",
  };
  await call("GET", `/statements${query(filters)}`, { headers: { "accept-language": "de, en;q=0.5" } });
  expect(lrs.queries[0]).toMatchObject({
    filter: {
      agentJson: agent,
      verb: filters.verb,
      activity: activityId,
      registration: filters.registration.toLowerCase(),
      relatedActivities: true,
      relatedAgents: true,
      since: { seconds: BigInt(Date.UTC(2026, 10, 20, 8) / 1000), nanos: 123456789 },
      until: { seconds: BigInt(Date.UTC(2026, 10, 20) / 1000), nanos: 0 },
    },
    limit: 500,
    ascending: true,
    format: 3,
    acceptLanguage: "de, en;q=0.5",
    version: XapiVersion.V2_0_0,
  });
});

it("compresses large answers for those who take them", async () => {
  await call("POST", "/statements", { body: statement().replace("{", `{"text":"${"x".repeat(5_000)}",`) });
  const answer = await call("GET", "/statements", { headers: { "accept-encoding": "gzip" } });
  expect(answer.headers["content-encoding"]).toBe("gzip");
  expect(JSON.parse(gunzipSync(answer.raw).toString()).statements).toHaveLength(1);
});

it("lets pages of any origin call, with headers of ours and no cookies", async () => {
  const preflight = await call("OPTIONS", "/statements", {
    version: "",
    authorization: "",
    headers: { origin: "https://course.example", "access-control-request-method": "PUT" },
  });
  expect([preflight.status, preflight.headers]).toMatchObject([
    204,
    { "access-control-allow-origin": "*", "access-control-allow-headers": expect.stringContaining("Authorization") },
  ]);
  const answer = await call("GET", "/nowhere", { headers: { origin: "https://course.example" } });
  expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([404, "*"]);
  expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
  expect((await call("DELETE", "/statements")).status).toBe(405);
});

it("XAPI-00322: changes documents under conditions", async () => {
  const path = state({ stateId: "s" });
  const first = await call("PUT", path, { body: '{"a":1}', headers: { "if-none-match": "*" } });
  const etag = `"${createHash("sha1").update('{"a":1}').digest("hex")}"`;
  expect([first.status, first.headers.etag]).toEqual([204, etag]);
  const got = await call("GET", path);
  expect([got.status, got.body, got.headers]).toMatchObject([
    200,
    '{"a":1}',
    { etag, "content-type": "application/json", "last-modified": "Fri, 20 Nov 2026 12:00:00 GMT" },
  ]);
  expect((await call("GET", path, { headers: { "if-none-match": `W/${etag}` } })).status).toBe(304);
  expect((await call("PUT", path, { body: "2" })).status).toBe(409);
  expect((await call("PUT", path, { body: "2", headers: { "if-none-match": "*" } })).status).toBe(412);
  expect((await call("PUT", path, { body: "2", headers: { "if-match": '"x", "y"' } })).status).toBe(412);
  expect((await call("PUT", path, { body: "2", headers: { "if-match": '"a b' } })).status).toBe(400);
  expect((await call("PUT", path, { body: "2", headers: { "if-match": `"x", ${etag}` } })).status).toBe(204);
  expect((await call("DELETE", path)).status).toBe(204);
  expect((await call("GET", path)).status).toBe(404);
});

it("XAPI-00193: answers the ids of all documents in one array", async () => {
  for (const id of ["a", "b", "c", "d", "e"])
    await call("PUT", state({ stateId: id }), { body: "x", headers: { "content-type": "text/plain" } });
  expect((await call("GET", state())).json()).toEqual(["a", "b", "c", "d", "e"]);
  expect((await call("DELETE", state())).status).toBe(204);
  expect((await call("GET", state())).json()).toEqual([]);
});
