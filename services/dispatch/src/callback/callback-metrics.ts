import { metrics } from "@opentelemetry/api";

const meter = metrics.getMeter("coursemesh.dispatch");
const callbacks = meter.createCounter("coursemesh.dispatch.callbacks", { description: "callbacks of packages taken" });
const failures = meter.createCounter("coursemesh.dispatch.callbacks.failures", {
  description: "callbacks of packages refused",
});
const duration = meter.createHistogram("coursemesh.dispatch.callbacks.duration", {
  description: "time from a callback's arrival to its being kept",
  unit: "ms",
});

/** Counts callbacks; costs nothing where no metrics are read. */
export const callbackMetrics = {
  taken(milliseconds: number): void {
    callbacks.add(1);
    duration.record(milliseconds);
  },
  refused: (reason: string): void => failures.add(1, { reason }),
};
