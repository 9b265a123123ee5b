import type { StatusKind } from "./status-glyph.tsx";

/** Counts of a status mix; numbers may come as `bigint` from the wire. */
export interface MixCounts {
  readonly registrations: bigint;
  readonly notLaunched: bigint;
  readonly incompleteWithoutVerdict: bigint;
  readonly completeWithoutVerdict: bigint;
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
 * Splits registrations so that each is in one part: those with a verdict by it, the others by completion. What no part explains is unknown,
 * never a result.
 */
export function statusParts(counts: MixCounts): { readonly parts: readonly StatusPart[]; readonly total: number } {
  const total = Number(counts.registrations);
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
    part("passed", "passed", "shield", Number(counts.passed)),
    part("complete", "complete", "circle", Number(counts.completeWithoutVerdict)),
    part("failed", "failed", "shield", Number(counts.failed)),
    part("incomplete", "incomplete", "circle", Number(counts.incompleteWithoutVerdict)),
    part("notLaunched", "not_attempted", "circle", Number(counts.notLaunched)),
  ];
  const known = parts.reduce((sum, it) => sum + it.count, 0);
  if (total > known) parts.push(part("unknown", "unknown", "circle", total - known));
  return { parts, total };
}
