import { expect, it } from "vitest";
import { statusParts } from "./status-parts.ts";

const counts = (
  numbers: Partial<Record<"registrations" | "notLaunched" | "incomplete" | "complete" | "passed" | "failed", number>>,
) => ({
  registrations: BigInt(numbers.registrations ?? 0),
  notLaunched: BigInt(numbers.notLaunched ?? 0),
  incomplete: BigInt(numbers.incomplete ?? 0),
  complete: BigInt(numbers.complete ?? 0),
  passed: BigInt(numbers.passed ?? 0),
  failed: BigInt(numbers.failed ?? 0),
});

it("counts a registration that is complete and passed once", () => {
  const { parts, total } = statusParts(
    counts({ registrations: 10, notLaunched: 2, incomplete: 3, complete: 5, passed: 3, failed: 1 }),
  );
  expect(total).toBe(10);
  expect(parts.map((part) => [part.kind, part.count])).toEqual([
    ["passed", 3],
    ["complete", 1],
    ["failed", 1],
    ["incomplete", 3],
    ["notLaunched", 2],
  ]);
});

it("shows what nothing explains as unknown instead of zero", () => {
  const { parts } = statusParts(counts({ registrations: 4, incomplete: 1 }));
  expect(parts.at(-1)).toMatchObject({ kind: "unknown", count: 3 });
});
