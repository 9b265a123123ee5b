import { expect, it } from "vitest";
import { AUTHORITY_TO_AGENT, AUTHORITY_TO_RELATED, statementKey } from "./statement-key.ts";

const xor = (a: string, b: string): string => BigInt.asIntN(64, BigInt(a) ^ BigInt(b)).toString();

it("is the same for the same and another for another facet or identifier", () => {
  const keys = [statementKey("verb", "a"), statementKey("activity", "a"), statementKey("verb", "b")];
  expect(new Set(keys).size).toBe(3);
  expect(statementKey("verb", "a")).toBe(keys[0]);
});

it("does not change from one version to the next, because it is stored", () => {
  expect(statementKey("verb", "http://adlnet.gov/expapi/verbs/passed")).toMatchInlineSnapshot(`"-5638430066354485"`);
});

it("turns an authority's key into that of the agent and of the related agent", () => {
  const authority = statementKey("authority", "mbox::mailto:a@example.org");
  expect(xor(authority, AUTHORITY_TO_RELATED)).toBe(statementKey("relatedAgent", "mbox::mailto:a@example.org"));
  expect(xor(authority, AUTHORITY_TO_AGENT)).toBe(statementKey("agent", "mbox::mailto:a@example.org"));
});
