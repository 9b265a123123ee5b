import { randomBytes } from "node:crypto";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentRequest } from "../product/content-request.ts";
import { restClient } from "../product/rest-client.ts";
import { type Product, type Shape, startProduct } from "../product/start-product.ts";
import { type CollectedSpan, collectTraces, type TraceCollector } from "../product/trace-collector.ts";

const SECRET_ANSWER = "what the learner answered";

describe.each<Shape>(["single", "mesh"])("a commit's trace in the %s shape", (shape) => {
  let collector: TraceCollector;
  let product: Product;
  beforeAll(async () => {
    collector = await collectTraces();
    product = await startProduct({
      shape,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_BSP_SCHEDULE_DELAY: "100" },
    });
  });
  afterAll(async () => {
    await product.remove();
    collector.close();
  });

  it("leads from the browser through BFF and runtime to SQL, without learner data", async () => {
    const rest = restClient(product);
    await rest.importCourse("traced", await buildQuizPackage());
    await rest.register("traced", "traced");
    const link = (await rest.launchLink("traced")).replace(/\/?$/, "/");
    const opened = await contentRequest(`${link}api/open`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(opened.status, opened.body).toBe(200);
    const [activity] = (JSON.parse(opened.body) as { outline: { activities: { identifier: string }[] } }).outline
      .activities;
    const name = activity?.identifier ?? "";
    const at = Date.now();
    const calls = [
      [at, "", "Navigate", "choice", name, "true", "0"],
      [at, name, "Initialize", "", "", "true", "0"],
      [at, name, "SetValue", "cmi.suspend_data", SECRET_ANSWER, "true", "0"],
      [at, name, "Commit", "", "", "true", "0"],
    ];
    const traceId = randomBytes(16).toString("hex");
    const browserSpan = randomBytes(8).toString("hex");
    const answer = await contentRequest(`${link}api/journal?first=1`, {
      method: "POST",
      headers: { "content-type": "application/json", traceparent: `00-${traceId}-${browserSpan}-01` },
      body: JSON.stringify(calls),
    });
    expect(JSON.parse(answer.body)).toMatchObject({ acknowledgedSeq: 4 });

    const ofTrace = (): CollectedSpan[] => collector.spans.filter((span) => span.traceId === traceId);
    const sql = (): CollectedSpan | undefined => ofTrace().find((span) => /append_journal/.test(span.name));
    await expect.poll(() => pathUp(sql(), ofTrace()).at(-1), { timeout: 15_000 }).toBe(browserSpan);
    const names = pathOfSpans(sql(), ofTrace()).map((span) => [span.kind, span.name]);
    expect(names.slice(1)).toEqual([
      [2, "coursemesh.runtime.v1.PlayerService/AppendJournal"],
      [3, "coursemesh.runtime.v1.PlayerService/AppendJournal"],
      [2, expect.stringMatching(/^POST .*journal/)],
    ]);
    if (shape === "mesh") expect(new Set(ofTrace().map((span) => span.process))).toEqual(new Set(["bff", "runtime"]));
    expect(JSON.stringify(collector.spans)).not.toContain(SECRET_ANSWER);
    expect(JSON.stringify(collector.spans)).not.toContain(new URL(link).pathname.split("/")[2]);
  });
});

/** Spans from one up to the topmost that was collected. */
function pathOfSpans(span: CollectedSpan | undefined, spans: readonly CollectedSpan[]): CollectedSpan[] {
  if (span === undefined) return [];
  return [
    span,
    ...pathOfSpans(
      spans.find((it) => it.spanId === span.parentSpanId),
      spans,
    ),
  ];
}

/** Parents' ids along that path; the last is the one nobody here sent. */
function pathUp(span: CollectedSpan | undefined, spans: readonly CollectedSpan[]): (string | undefined)[] {
  return pathOfSpans(span, spans).map((it) => it.parentSpanId);
}
