import { SpanStatusCode, trace } from "@opentelemetry/api";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace";
import fastify from "fastify";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { httpSpans } from "./http-spans.ts";

const exporter = new InMemorySpanExporter();
const traceId = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

const sdk = new NodeSDK({
  spanProcessors: [new SimpleSpanProcessor({ exporter })],
  metricReaders: [],
  logRecordProcessors: [],
  autoDetectResources: false,
});

beforeAll(() => sdk.start());
afterAll(() => sdk.shutdown());
beforeEach(() => exporter.reset());

it("continues the browser's trace, and handlers run in it even after a body was read", async () => {
  const server = fastify();
  httpSpans(server);
  server.post("/things/:id", async () => trace.getActiveSpan()?.spanContext().traceId);
  const answer = await server.inject({
    method: "POST",
    url: "/things/secret",
    headers: { traceparent },
    payload: { a: 1 },
  });
  expect(answer.body).toBe(traceId);
  const [span] = exporter.getFinishedSpans();
  expect(span?.name).toBe("POST /things/:id");
  expect(span?.attributes).toMatchObject({ "http.response.status_code": 200 });
  expect(JSON.stringify(span?.attributes)).not.toContain("secret");
  await server.close();
});

it("marks faults of ours and leaves refusals alone", async () => {
  const server = fastify();
  httpSpans(server);
  server.get("/fault", async () => {
    throw new Error("ours");
  });
  await server.inject({ url: "/fault" });
  await server.inject({ url: "/nowhere" });
  const statuses = exporter.getFinishedSpans().map((span) => span.status.code);
  expect(statuses).toEqual([SpanStatusCode.ERROR, SpanStatusCode.UNSET]);
  await server.close();
});
