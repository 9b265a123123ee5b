import { isSpanContextValid, trace } from "@opentelemetry/api";

/** W3C `traceparent` of the present span; empty outside any. */
export function currentTraceparent(): string {
  const context = trace.getActiveSpan()?.spanContext();
  if (!context || !isSpanContextValid(context)) return "";
  return `00-${context.traceId}-${context.spanId}-${context.traceFlags.toString(16).padStart(2, "0")}`;
}

/** Trace id of the present span, for logs and error reports; empty outside any. */
export function currentTraceId(): string {
  return trace.getActiveSpan()?.spanContext().traceId ?? "";
}
