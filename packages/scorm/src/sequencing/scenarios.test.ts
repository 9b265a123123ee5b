import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exceptionCodes } from "./exception-codes.ts";
import { runScenario, type Scenario } from "./testing/scenario.ts";

const folder = new URL("fixtures/", import.meta.url);
const scenarios = readdirSync(folder).map((file) => {
  const scenario: Scenario = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  return { name: file.replace(".json", "").replaceAll("-", " "), scenario, run: runScenario(scenario) };
});
const notReached: Record<string, string> = JSON.parse(
  readFileSync(new URL("not-reached.json", import.meta.url), "utf8"),
);

describe("scenarios", () => {
  it.each(scenarios)("$name", ({ scenario, run: { session, outcomes } }) => {
    expect(outcomes).toEqual(scenario.steps.map((step) => step.expect));
    for (const [identifier, status] of Object.entries(scenario.status ?? {})) {
      const activity = session.course.byIdentifier.get(identifier)!;
      expect({ identifier, ...session.tracking[activity.index]?.objectives[0] }).toMatchObject({
        identifier,
        ...status,
      });
      for (const field of ["satisfied", "completed"] as const) {
        expect([identifier, session.tracking[activity.index]?.objectives[0]?.[field]]).toEqual([
          identifier,
          status[field],
        ]);
      }
    }
    for (const [identifier, children] of Object.entries(scenario.available ?? {})) {
      const cluster = session.course.byIdentifier.get(identifier)!;
      const positions = session.tracking[cluster.index]?.availableChildren ?? [];
      expect(positions.map((position) => cluster.children[position]?.identifier)).toEqual(children);
    }
  });
});

describe("exceptions", () => {
  const reached = new Set(
    scenarios.flatMap(({ run }) => run.trace.flatMap((entry) => ("exception" in entry ? [entry.exception] : []))),
  );

  it("all come up in a scenario, or are known not to and why", () => {
    const missing = Object.keys(exceptionCodes).filter((code) => !reached.has(code as never) && !(code in notReached));
    expect(missing).toEqual([]);
  });

  it("that are said not to be reached are not", () => {
    expect(Object.keys(notReached).filter((code) => reached.has(code as never) || !(code in exceptionCodes))).toEqual(
      [],
    );
  });
});
