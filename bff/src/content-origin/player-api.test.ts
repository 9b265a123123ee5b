import { Code } from "@connectrpc/connect";
import { serviceError, unavailable } from "@coursemesh/platform/errors/service-error.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type FakeLaunches, fakeLaunches, launchNotFound, launchOver, TOKEN_OF_LAUNCH } from "./fake-launches.ts";

let fake: FakeLaunches;
beforeEach(async () => {
  fake = await fakeLaunches([]);
});
afterEach(() => fake.stop());

const post = (
  path: string,
  payload: string | Buffer = "",
  headers: Record<string, string> = {},
  token = TOKEN_OF_LAUNCH,
) =>
  fake.server.inject({
    method: "POST",
    url: `/l/${token}/api/${path}`,
    payload,
    headers: { "content-type": "application/json", ...headers },
  });

it("opens a launch and passes outline, context and state on letter by letter", async () => {
  const stateJson = '{ "suspend" : "lone \\ud83d surrogate", "n": 1.0 }';
  fake.answer = {
    launch: { id: "l1", registrationId: "r1" },
    courseTitle: 'A "course"',
    outlineJson: '{"title":"x"}',
    contextJson: "[1]",
    stateJson,
    settings: { "launch.target": "frame" },
    acknowledgedSeq: 7,
    returnUrl: "https://back.example/",
    locale: "de",
    organizationName: "Org",
    result: { progress: 0.25 },
  };
  const response = await post("open", JSON.stringify({ takeLease: true }), { "user-agent": "Browser" });
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    "cache-control": "no-store",
    "content-type": "application/json; charset=utf-8",
  });
  expect(response.body).toContain(`"state":${stateJson}`);
  expect(response.json()).toMatchObject({
    launch: { id: "l1", registrationId: "r1", instanceId: "" },
    courseTitle: 'A "course"',
    outline: { title: "x" },
    context: [1],
    settings: { "launch.target": "frame" },
    acknowledgedSeq: 7,
    returnUrl: "https://back.example/",
    locale: "de",
    organizationName: "Org",
    result: { progress: 0.25, completion: "COMPLETION_UNSPECIFIED" },
  });
  expect(fake.opened[0]).toMatchObject({ takeLease: true, userAgent: "Browser", token: TOKEN_OF_LAUNCH });
});

it("opens without a body, taking no lease", async () => {
  const response = await fake.server.inject({ method: "POST", url: `/l/${TOKEN_OF_LAUNCH}/api/open` });
  expect(response.json()).toMatchObject({ launch: null, outline: null, state: null, result: null });
  expect(fake.opened[0]?.takeLease).toBe(false);
});

it("appends journal calls as the bytes that came, also from a beacon", async () => {
  const calls = Buffer.from('[[1,"a","LMSSetValue","cmi.suspend_data","\\ud800 é","true",0]]');
  for (const type of ["application/json", "text/plain;charset=UTF-8", "application/octet-stream"]) {
    const response = await post("journal?first=12", calls, { "content-type": type });
    expect(response.json()).toMatchObject({ acknowledgedSeq: 13, result: { progress: 0.5 } });
  }
  expect(fake.appended).toHaveLength(3);
  for (const { firstSeq, callsJson } of fake.appended) {
    expect(firstSeq).toBe(12);
    expect(Buffer.from(callsJson).equals(calls)).toBe(true);
  }
});

it("takes a journal of 16 MiB and no larger one", async () => {
  expect((await post("journal?first=1", Buffer.alloc(16 * 1024 * 1024, " "))).statusCode).toBe(200);
  const refused = await post("journal?first=1", Buffer.alloc(16 * 1024 * 1024 + 1, " "));
  expect(refused.statusCode).toBeGreaterThanOrEqual(400);
  expect(refused.json().error.reason).toBeTypeOf("string");
});

it("refuses a journal without the number of its first call", async () => {
  for (const query of ["", "?first=0", "?first=-1", "?first=x"]) {
    const response = await post(`journal${query}`, "[]");
    expect([response.statusCode, response.json().error.reason]).toEqual([400, "FIELD_INVALID"]);
  }
});

it("closes a launch as the player says", async () => {
  expect((await post("close", '{"end":"EXIT"}')).json()).toEqual({ result: null });
  await post("close", '{"end":"CLOSED"}', { "content-type": "text/plain" });
  expect(fake.closed.map(({ end }) => end)).toEqual([LaunchEnd.EXIT, LaunchEnd.CLOSED]);
  expect((await post("close", '{"end":"REVOKED"}')).json().error.reason).toBe("FIELD_INVALID");
  expect((await post("close", "no json")).json().error.reason).toBe("FIELD_INVALID");
});

it.each([
  ["LEASE_LOST", 409, serviceError(Code.Aborted, "LEASE_LOST", "lost", { acknowledged_seq: "4" })],
  ["LAUNCH_OVER", 410, launchOver("SUPERSEDED")],
  ["LAUNCH_NOT_FOUND", 404, launchNotFound()],
  ["JOURNAL_INVALID", 422, serviceError(Code.InvalidArgument, "JOURNAL_INVALID", "no")],
  ["UNAVAILABLE", 503, unavailable("runtime")],
])("answers %s as %i", async (reason, status, failure) => {
  fake.failure = failure;
  const response = await post("journal?first=1", "[]");
  expect(response.statusCode).toBe(status);
  expect(response.json().error).toMatchObject({ reason });
  expect(response.headers["retry-after"]).toBe(status === 503 ? "2" : undefined);
  expect(response.headers["cache-control"]).toBe("no-store");
  if (reason === "LEASE_LOST") expect(response.json().error.metadata).toEqual({ acknowledged_seq: "4" });
});

it("says nothing about a fault of ours", async () => {
  fake.failure = new Error("secret detail") as never;
  const response = await post("journal?first=1", "[]");
  expect([response.statusCode, response.json().error.reason]).toEqual([500, "INTERNAL"]);
  expect(response.body).not.toContain("secret");
});

it("still takes calls for a launch whose files are no longer served", async () => {
  fake.failure = launchOver("EXIT");
  await post("journal?first=1", "[]");
  fake.failure = undefined;
  expect((await post("journal?first=1", "[]")).statusCode).toBe(200);
});

it("knows no other operation and answers no other method", async () => {
  const other = { method: "POST", url: `/l/${TOKEN_OF_LAUNCH}/api/other` } as const;
  expect((await fake.server.inject(other)).statusCode).toBe(404);
  expect((await fake.server.inject(`/l/${TOKEN_OF_LAUNCH}/api/open`)).statusCode).toBe(404);
  expect((await post("open", "", {}, "not a token!")).json().error.reason).toBe("LAUNCH_NOT_FOUND");
});

it("continues the page's trace, without the token in it", async () => {
  const exporter = new InMemorySpanExporter();
  const sdk = new NodeSDK({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
    autoDetectResources: false,
  });
  sdk.start();
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  await post("journal?first=1", "[]", { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
  const spans = exporter.getFinishedSpans();
  const route = spans.find(({ name }) => name === "POST /l/:token/api/journal");
  expect(route?.spanContext().traceId).toBe(traceId);
  expect(route?.attributes["http.response.status_code"]).toBe(200);
  const append = spans.find(({ name }) => name.endsWith("PlayerService/AppendJournal"));
  expect(append?.spanContext().traceId).toBe(traceId);
  expect(JSON.stringify(spans.map(({ name, attributes }) => [name, attributes]))).not.toContain(TOKEN_OF_LAUNCH);
  await sdk.shutdown();
});
