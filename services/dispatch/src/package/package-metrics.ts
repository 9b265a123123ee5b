import type { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { metrics } from "@opentelemetry/api";
import { madeFormat } from "./package-format.ts";

const meter = metrics.getMeter("coursemesh.dispatch");
const generated = meter.createCounter("coursemesh.dispatch.packages.generated", { description: "packages made" });
const failures = meter.createCounter("coursemesh.dispatch.packages.failures", {
  description: "packages that could not be made",
});
const duration = meter.createHistogram("coursemesh.dispatch.packages.generation", {
  description: "time from a package's start to its file",
  unit: "ms",
});
const downloads = meter.createCounter("coursemesh.dispatch.downloads", { description: "packages downloaded whole" });
const downloadFailures = meter.createCounter("coursemesh.dispatch.downloads.failures", {
  description: "downloads that were refused or broke off",
});

/** Counts what happens to packages; costs nothing where no metrics are read. */
export const packageMetrics = {
  generated(format: PackageFormat, milliseconds: number): void {
    generated.add(1, attributes(format));
    duration.record(milliseconds, attributes(format));
  },
  failed: (format: PackageFormat): void => failures.add(1, attributes(format)),
  downloaded: (format: PackageFormat): void => downloads.add(1, attributes(format)),
  /** @param reason of the refusal, or `BROKEN_OFF`. */
  downloadFailed: (reason: string): void => downloadFailures.add(1, { reason }),
};

function attributes(format: PackageFormat): { readonly format: string } {
  return { format: madeFormat(format)?.name ?? "UNKNOWN" };
}
