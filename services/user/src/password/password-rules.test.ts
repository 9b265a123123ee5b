import { expect, it } from "vitest";
import { lacksOf } from "./password-rules.ts";

it("accepts a password with all kinds of characters", () => {
  expect(lacksOf("Correct-Horse-7")).toEqual([]);
  expect(lacksOf("Ünder Ärzten 4!")).toEqual([]);
});

it.each([
  ["Short-1a", ["length"]],
  ["lower-case-only-7", ["upper"]],
  ["UPPER-CASE-ONLY-7", ["lower"]],
  ["No-Digit-In-Here", ["digit"]],
  ["NoSpecial12345", ["special"]],
  ["", ["length", "upper", "lower", "digit", "special"]],
])("says what %j lacks", (password, lacks) => {
  expect(lacksOf(password)).toEqual(lacks);
});
