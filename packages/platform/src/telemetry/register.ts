/**
 * Loaded with `node --import` before anything else: starts OpenTelemetry when an OTLP endpoint is configured, and costs nothing otherwise.
 * Reads the standard `OTEL_*` variables; `OTEL_SERVICE_NAME` names the process.
 */
import type { NodeSDK } from "@opentelemetry/sdk-node";

let sdk: NodeSDK | undefined;

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

/** Sends what is still waiting; call it last. */
export async function stopTelemetry(): Promise<void> {
  await sdk?.shutdown().catch(() => undefined);
}
