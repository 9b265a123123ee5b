import fc from "fast-check";
import type { Actor, Statement } from "../statement.ts";
import { changed, fullStatement } from "./example-statement.ts";

/** Every place of some JSON, as paths that `changed` takes. */
function placesOf(json: unknown, prefix = ""): string[] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    // Keys with full stops (extensions) are no paths.
    return key.includes(".") ? [] : [path, ...placesOf(value, path)];
  });
}

/** The full statement with one to three places replaced by any JSON: mostly wrong, in ways that reach every rule. */
export const damagedStatement: fc.Arbitrary<unknown> = fc
  .array(fc.tuple(fc.constantFrom(...placesOf(fullStatement)), fc.jsonValue()), { minLength: 1, maxLength: 3 })
  .map((changes) =>
    changes.reduce<unknown>((statement, [path, value]) => {
      try {
        return changed(statement, path, value);
      } catch {
        // An earlier change took the place away.
        return statement;
      }
    }, fullStatement),
  );

const account = fc.record({ homePage: fc.webUrl(), name: fc.string() });
const agent: fc.Arbitrary<Actor> = fc.oneof(
  account.map((one) => ({ account: one })),
  fc.nat(3).map((n) => ({ objectType: "Agent" as const, mbox: `mailto:a${n}@Example.com` })),
);
const group: fc.Arbitrary<Actor> = fc
  .array(agent, { minLength: 1, maxLength: 3 })
  .map((member) => ({ objectType: "Group" as const, member }) as Actor);
const activity = fc.record(
  {
    id: fc.nat(3).map((n) => `https://example.com/${n}`),
    definition: fc.record(
      { name: fc.constant({ en: "x" }), extensions: fc.constant({ "tag:x": null }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["id"] },
);
const related = fc.oneof(activity, fc.array(activity, { maxLength: 2 }));

/** Valid statements, alike often enough to be the same. */
export const someStatement: fc.Arbitrary<Statement> = fc.record(
  {
    id: fc.uuid(),
    actor: fc.oneof(agent, group),
    verb: fc.record(
      { id: fc.nat(1).map((n) => `https://example.com/verbs/${n}`), display: fc.constant({ en: "did" }) },
      { requiredKeys: ["id"] },
    ),
    object: activity,
    result: fc.record(
      {
        duration: fc.constantFrom("PT1.123S", "PT1.12S", "PT1S"),
        success: fc.boolean(),
        extensions: fc.dictionary(fc.constant("tag:x"), fc.jsonValue()),
      },
      { requiredKeys: [] },
    ),
    context: fc.record(
      {
        registration: fc.uuid(),
        contextActivities: fc.record({ parent: related, other: related }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
    timestamp: fc.constantFrom("2026-11-20T13:45:12Z", "2026-11-20T14:45:12.000+01:00", "2026-11-20T13:45:13Z"),
    stored: fc.constantFrom("2026-11-20T13:45:12.000Z", "2026-11-20T13:45:14Z"),
  },
  { requiredKeys: ["actor", "verb", "object"] },
) as fc.Arbitrary<Statement>;
