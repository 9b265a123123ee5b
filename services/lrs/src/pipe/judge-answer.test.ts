import { expect, it } from "vitest";
import { judgeAnswer } from "./judge-answer.ts";

it.each([
  [200, "accepted"],
  [204, "accepted"],
  [400, "refused"],
  [409, "refused"],
  [413, "refused"],
  [422, "refused"],
  [201, "later"],
  [302, "later"],
  [401, "later"],
  [403, "later"],
  [404, "later"],
  [408, "later"],
  [429, "later"],
  [500, "later"],
  [503, "later"],
])("takes %i for %s", (status, kind) => {
  expect(judgeAnswer(status, "", undefined).kind).toBe(kind);
});

it("keeps a line of what the target said, and when to come back", () => {
  expect(judgeAnswer(400, "no\u0000such\r\n verb ", undefined)).toMatchObject({
    error: "the target answered 400: no such  verb",
  });
  expect(judgeAnswer(429, "x".repeat(600), 5_000)).toEqual({
    kind: "later",
    status: 429,
    error: `the target answered 429: ${"x".repeat(500)}…`,
    retryAfterMs: 5_000,
  });
});
