import { trace } from "@opentelemetry/api";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { emptyResult } from "../result/result.ts";
import type { Append } from "./append.ts";
import { groupCommit } from "./group-commit.ts";

const exporter = new InMemorySpanExporter();
const sdk = new NodeSDK({
  spanProcessors: [new SimpleSpanProcessor({ exporter })],
  metricReaders: [],
  logRecordProcessors: [],
  instrumentations: [],
});
beforeAll(() => sdk.start());
afterAll(() => sdk.shutdown());

it("gives every append a span in its own trace, with nothing of the learner in it", async () => {
  const commit = groupCommit(async (appends) => appends.map(() => true), 1);
  const append = {
    instanceId: "secret",
    calls: "secret",
    states: [],
    events: [],
    result: emptyResult,
  } as unknown as Append;
  const tracer = trace.getTracer("test");
  await Promise.all(
    [1, 2, 3].map(() =>
      tracer.startActiveSpan("call", async (span) => {
        await commit.write(append);
        span.end();
      }),
    ),
  );
  const spans = await vi.waitFor(() => {
    expect(exporter.getFinishedSpans()).toHaveLength(6);
    return exporter.getFinishedSpans();
  }, 20_000);
  const written = spans.filter((span) => span.name === "pg.query append_journal");
  const callers = spans.filter((span) => span.name === "call");
  expect(new Set(written.map((span) => span.parentSpanContext?.spanId))).toEqual(
    new Set(callers.map((span) => span.spanContext().spanId)),
  );
  expect(written.map((span) => span.attributes["db.operation.batch.size"])).toEqual([3, 3, 3]);
  expect(written[0]?.attributes["db.system.name"]).toBe("postgresql");
  expect(JSON.stringify(written.map((span) => span.attributes))).not.toContain("secret");
});
