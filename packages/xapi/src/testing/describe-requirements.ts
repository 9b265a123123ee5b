import { describe, expect, it } from "vitest";
import { validateStatement } from "../validate-statement.ts";
import type { XapiVersion } from "../version.ts";
import { asSubStatement, changed, fullStatement, REMOVED } from "./example-statement.ts";

/** A change of the full statement: where, and what stands there then. */
export type Change = readonly [path: string, value: unknown, expected?: { readonly at?: string; readonly id?: string }];

/** One requirement as ADL's conformance requirements number it, with what an LRS takes and what it refuses. */
export interface Requirement {
  readonly id: string;
  readonly says: string;
  /** In which versions; both when it is left out. */
  readonly versions?: readonly XapiVersion[];
  readonly takes?: readonly Change[];
  readonly refuses?: readonly Change[];
  /** Not to be tried in a sub-statement. */
  readonly statementOnly?: boolean;
}

/** `a.0.b` as findings write it: `$.a[0].b`. A property that is missing is missing in its parent. */
function pathOf(path: string, value: unknown): string {
  const keys = path.split(".");
  if (value === REMOVED) keys.pop();
  return `$${keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join("")}`;
}

function check({ id, takes = [], refuses = [], statementOnly }: Requirement, version: XapiVersion): void {
  for (const inside of statementOnly ? [false] : [false, true]) {
    for (const [path, value] of takes) {
      const statement = changed(fullStatement, path, value);
      const found = validateStatement(inside ? asSubStatement(statement) : statement, version);
      expect(found, `${path} = ${JSON.stringify(value)}, in a sub-statement: ${inside}`).toEqual([]);
    }
    for (const [path, value, expected] of refuses) {
      const statement = changed(fullStatement, path, value);
      const found = validateStatement(inside ? asSubStatement(statement) : statement, version);
      const place = expected?.at ?? pathOf(path, value);
      expect(
        found.map(({ path, requirement }) => `${requirement} ${path}`),
        `${path} = ${String(JSON.stringify(value))}, in a sub-statement: ${inside}`,
      ).toContain(`${expected?.id ?? id} ${inside ? place.replace("$", "$.object") : place}`);
    }
  }
}

/** One test for each requirement and version. */
export function describeRequirements(about: string, requirements: readonly Requirement[]): void {
  describe(about, () => {
    for (const requirement of requirements) {
      for (const version of requirement.versions ?? (["1.0.3", "2.0.0"] as const)) {
        it(`${requirement.id}, ${version}: ${requirement.says}`, () => check(requirement, version));
      }
    }
  });
}
