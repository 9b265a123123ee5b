import type { StatusKind } from "./status-glyph.tsx";

/** Counts of a status mix; numbers may come as `bigint` from the wire. */
export interface MixCounts {
  readonly registrations: bigint;
  readonly notLaunched: bigint;
  readonly incomplete: bigint;
  readonly complete: bigint;
  readonly passed: bigint;
  readonly failed: bigint;
}

/** One part of the bar; together they are every registration once. */
export interface StatusPart {
  readonly kind: "passed" | "complete" | "failed" | "incomplete" | "notLaunched" | "unknown";
  readonly glyph: StatusKind;
  readonly shape: "circle" | "shield";
  readonly count: number;
}

/**
 * Splits registrations so that each is in one part. Completion decides first; success divides the complete ones, because "passed" and
 * "complete" overlap: a registration that passed counts as passed. What no part explains is unknown, never a result.
 */
export function statusParts(counts: MixCounts): { readonly parts: readonly StatusPart[]; readonly total: number } {
  const total = Number(counts.registrations);
  const passed = Number(counts.passed);
  const failed = Number(counts.failed);
  const notLaunched = Number(counts.notLaunched);
  const incomplete = Number(counts.incomplete);
  // Registrations with a verdict are taken out of the complete ones first, then out of the incomplete ones.
  const verdicts = passed + failed;
  const complete = Math.max(0, Number(counts.complete) - verdicts);
  const stillIncomplete = Math.max(0, incomplete - Math.max(0, verdicts - Number(counts.complete)));
  const known = passed + failed + complete + stillIncomplete + notLaunched;
  const part = (
    kind: StatusPart["kind"],
    glyph: StatusKind,
    shape: StatusPart["shape"],
    count: number,
  ): StatusPart => ({
    kind,
    glyph,
    shape,
    count,
  });
  const parts = [
    part("passed", "passed", "shield", passed),
    part("complete", "complete", "circle", complete),
    part("failed", "failed", "shield", failed),
    part("incomplete", "incomplete", "circle", stillIncomplete),
    part("notLaunched", "not_attempted", "circle", notLaunched),
  ];
  if (total > known) parts.push(part("unknown", "unknown", "circle", total - known));
  return { parts, total };
}
