import { type Logger, pino } from "pino";
import { currentTraceId } from "./traceparent.ts";

/** JSON lines on standard error with the trace id of the call they belong to. Learners' answers, tokens and secrets never go in. */
export function createLogger(name: string, level: string): Logger {
  return pino(
    {
      name,
      level,
      mixin: () => {
        const traceId = currentTraceId();
        return traceId ? { trace_id: traceId } : {};
      },
      redact: { paths: ["*.authorization", "*.cookie", "*.password", "*.token", "*.secret"], remove: true },
    },
    pino.destination(2),
  );
}
