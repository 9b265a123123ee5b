import { expect, it } from "vitest";
import { matchesWords } from "./matches-words.ts";

it("finds words in any order and everything for an empty query", () => {
  expect(matchesWords("Ana Petrova · Phishing quiz", "quiz ana")).toBe(true);
  expect(matchesWords("Courses", "")).toBe(true);
  expect(matchesWords("Courses", "key")).toBe(false);
});
