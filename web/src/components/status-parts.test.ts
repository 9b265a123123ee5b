import { expect, it } from "vitest";
import { statusParts } from "./status-parts.ts";

const none = {
  registrations: 0n,
  notLaunched: 0n,
  incompleteWithoutVerdict: 0n,
  completeWithoutVerdict: 0n,
  passed: 0n,
  failed: 0n,
};

it("shows every registration once: by its verdict, else by its completion", () => {
  const { parts, total } = statusParts({
    registrations: 10n,
    notLaunched: 2n,
    incompleteWithoutVerdict: 3n,
    completeWithoutVerdict: 1n,
    passed: 3n,
    failed: 1n,
  });
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
  const { parts } = statusParts({ ...none, registrations: 4n, incompleteWithoutVerdict: 1n });
  expect(parts.at(-1)).toMatchObject({ kind: "unknown", count: 3 });
});
