import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSignedStatement } from "./check-signature.ts";
import { completeStatement } from "./complete-statement.ts";
import { sameStatement } from "./same-statement.ts";
import { SIGNATURE_CONTENT_TYPE, SIGNATURE_USAGE } from "./signature.ts";
import type { Statement } from "./statement.ts";
import { someStatement } from "./testing/arbitrary.ts";
import {
  anonymousTeam,
  asSubStatement,
  changed,
  fullStatement,
  learner,
  REMOVED,
  teacher,
} from "./testing/example-statement.ts";
import { validateStatement } from "./validate-statement.ts";

const completion = {
  id: "7ccd3322-e1a5-411a-a67d-6a735c76f119",
  stored: "2026-11-20T15:00:00.000Z",
  authority: teacher,
  version: "1.0.0",
  timestamp: "2026-11-20T15:00:00.000Z",
};
const variant = (path: string, value: unknown) => changed(fullStatement, path, value) as Statement;

describe("sameStatement (1.0.3 Data 2.3.1)", () => {
  it.each([
    ["the id in another case", "id", fullStatement.id?.toUpperCase()],
    ["another authority", "authority", teacher],
    ["another stored", "stored", "2027-01-01T00:00:00Z"],
    ["another version", "version", "1.0.0"],
    ["another activity definition", "object.definition", {}],
    ["no activity definition", "object.definition", REMOVED],
    ["another display of the verb", "verb.display", { de: "antwortete" }],
    ["the timestamp in another zone", "timestamp", "2026-11-20T14:45:12.123+01:00"],
    ["a timestamp of more digits", "timestamp", "2026-11-20T13:45:12.123456Z"],
    ["a duration that differs beyond 0.01 s", "result.duration", "PT1M30.509S"],
    ["members in another order", "context.team.member", anonymousTeam.member?.toReversed()],
    ["the registration in another case", "context.registration", fullStatement.context?.registration?.toUpperCase()],
    [
      "one context activity as list",
      "context.contextActivities.grouping",
      [{ id: "https://course.example.com/programme" }],
    ],
    ["the domain of an address in another case", "context.instructor.mbox", "mailto:teacher@EXAMPLE.com"],
    ["another address of an attachment", "attachments.0.fileUrl", "https://mirror.example.com/certificate.txt"],
  ])("is true with %s", (_, path, value) => {
    expect(sameStatement(variant(path, value), fullStatement)).toBe(true);
    const [a, b] = [variant(path, value), fullStatement].map(asSubStatement) as Statement[];
    expect(sameStatement(a!, b!)).toBe(true);
  });

  it.each([
    ["another actor", "actor.account.name", "learner-2"],
    ["another verb", "verb.id", "https://example.com/verbs/other"],
    ["another object", "object.id", "https://example.com/other"],
    ["another result", "result.success", false],
    ["another duration", "result.duration", "PT90.5S"],
    ["another time", "timestamp", "2026-11-20T13:45:12.124Z"],
    ["another extension", "context.extensions", { "https://example.com/extension": null }],
    ["a context activity more", "context.contextActivities.other", []],
    ["a member less", "context.team.member", [learner]],
    ["another attachment", "attachments.0.sha2", "0".repeat(64)],
    ["no result", "result", REMOVED],
  ])("is false with %s", (_, path, value) => {
    expect(sameStatement(variant(path, value), fullStatement)).toBe(false);
    const [a, b] = [variant(path, value), fullStatement].map(asSubStatement) as Statement[];
    expect(sameStatement(a!, b!)).toBe(false);
  });

  it("is true for a statement without timestamp that is sent again, and false when it has one then", () => {
    const sent = variant("timestamp", REMOVED);
    const kept = completeStatement(sent, completion);
    expect(sameStatement(sent, kept)).toBe(true);
    expect(sameStatement(fullStatement, kept)).toBe(false);
  });

  it("is an equivalence relation", () => {
    fc.assert(
      fc.property(someStatement, someStatement, someStatement, (a, b, c) => {
        expect(sameStatement(a, structuredClone(a))).toBe(true);
        expect(sameStatement(a, b)).toBe(sameStatement(b, a));
        if (sameStatement(a, b) && sameStatement(b, c)) expect(sameStatement(a, c)).toBe(true);
      }),
    );
  });

  it("compares extensions nested deeper than any stack", () => {
    const deep = () => JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`);
    const told = () => ({ ...fullStatement, result: { extensions: { "tag:deep": deep() } } });
    expect(sameStatement(told(), told())).toBe(true);
    expect(sameStatement(told(), fullStatement)).toBe(false);
  });
});

describe("completeStatement (1.0.3 Data 2.4)", () => {
  it("XAPI-00026, XAPI-00097, XAPI-00099: fills in what is missing, and replaces stored and authority only", () => {
    const { actor, verb, object } = fullStatement;
    expect(completeStatement({ actor, verb, object }, completion)).toEqual({ actor, verb, object, ...completion });
    const kept = completeStatement(fullStatement, completion);
    expect(kept).toMatchObject({
      id: fullStatement.id,
      version: "1.0.3",
      timestamp: fullStatement.timestamp,
      stored: completion.stored,
      authority: teacher,
    });
  });

  it("keeps the properties in their order", () => {
    expect(Object.keys(completeStatement(fullStatement, completion))).toEqual(Object.keys(fullStatement));
  });

  it("XAPI-00096: makes lists of single context activities, in sub-statements too", () => {
    const expected = [{ id: "https://course.example.com/programme" }];
    expect(completeStatement(fullStatement, completion).context?.contextActivities?.grouping).toEqual(expected);
    const { object } = completeStatement(asSubStatement(fullStatement) as Statement, completion);
    expect(object).toMatchObject({ context: { contextActivities: { grouping: expected } } });
  });

  it("makes a valid statement, the same as before, and changes nothing the second time", () => {
    fc.assert(
      fc.property(someStatement, (statement) => {
        const { stored: _, ...sent } = statement;
        const kept = completeStatement(sent, completion);
        expect(validateStatement(kept, "1.0.3")).toEqual([]);
        expect(sameStatement(sent, kept)).toBe(true);
        expect(completeStatement(kept, completion)).toEqual(kept);
      }),
    );
  });
});

describe("isSignedStatement (1.0.3 Data 2.6)", () => {
  const signature = {
    usageType: SIGNATURE_USAGE,
    display: { en: "Signature" },
    contentType: SIGNATURE_CONTENT_TYPE,
    length: 4,
    sha2: "0".repeat(64),
  };
  const signed = { ...fullStatement, attachments: [...(fullStatement.attachments ?? []), signature] };

  it("XAPI-00116: is true for the statement without its signature", () => {
    expect(isSignedStatement(fullStatement, signed)).toBe(true);
    expect(isSignedStatement(variant("id", REMOVED), signed)).toBe(true);
    const { attachments: _, ...bare } = fullStatement;
    expect(isSignedStatement(bare, { ...bare, attachments: [signature] })).toBe(true);
  });

  it("compares durations to 0.01 s (IEEE 9274.1.1 4.2.7)", () => {
    const payload = variant("result.duration", "P1DT12H36M0.12S");
    const statement = variant("result.duration", "P1DT12H36M0.1237S");
    expect(isSignedStatement(payload, { ...statement, attachments: signed.attachments })).toBe(true);
  });

  it("is false for another statement or id", () => {
    expect(isSignedStatement(variant("result.success", false), signed)).toBe(false);
    expect(isSignedStatement(variant("id", "16fd2706-8baf-433b-82eb-8c7fada847da"), signed)).toBe(false);
  });
});
