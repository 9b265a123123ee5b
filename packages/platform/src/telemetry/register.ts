/**
 * Loaded with `node --import` before anything else: counters are kept for `/metrics` unless `METRICS=0`, and traces are sent when an OTLP endpoint
 * is configured. Reads the standard `OTEL_*` variables; `OTEL_SERVICE_NAME` names the process.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { metrics } from "@opentelemetry/api";
import type { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import type { NodeSDK } from "@opentelemetry/sdk-node";

let sdk: NodeSDK | undefined;
let counters: PrometheusExporter | undefined;

// Before any module asks for a meter: one that was asked for earlier counts nothing.
if (process.env.METRICS !== "0") {
  const [{ MeterProvider }, { PrometheusExporter }] = await Promise.all([
    import("@opentelemetry/sdk-metrics"),
    import("@opentelemetry/exporter-prometheus"),
  ]);
  counters = new PrometheusExporter({ preventServerStart: true });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [counters] }));
}

if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT || process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) {
  const [{ NodeSDK }, { BatchSpanProcessor }, { OTLPTraceExporter }, { PgInstrumentation }] = await Promise.all([
    import("@opentelemetry/sdk-node"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/instrumentation-pg"),
  ]);
  sdk = new NodeSDK({
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
    metricReaders: [],
    logRecordProcessors: [],
    // Statements carry parameters' places only; learners' data never leaves in an attribute.
    instrumentations: [new PgInstrumentation({ requireParentSpan: true, enhancedDatabaseReporting: false })],
  });
  sdk.start();
}

/** Writes what this process has counted as Prometheus text; undefined when it counts nothing. */
export function metricsHandler(): ((request: IncomingMessage, response: ServerResponse) => void) | undefined {
  const exporter = counters;
  return exporter && ((request, response) => exporter.getMetricsRequestHandler(request, response));
}

/** Sends what is still waiting; call it last. */
export async function stopTelemetry(): Promise<void> {
  await sdk?.shutdown().catch(() => undefined);
}
