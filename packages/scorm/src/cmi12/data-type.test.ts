import { describe, expect, it } from "vitest";
import {
  cmiDecimalOrBlank,
  cmiIdentifier,
  cmiInteger,
  cmiScore,
  cmiString255,
  cmiTime,
  cmiTimespan,
  cmiVocabulary,
} from "./data-type.ts";
import { cmiFeedback } from "./feedback.ts";
import { lenientPolicy, strictPolicy } from "./policy.ts";

const long = "x".repeat(256);

describe("data types", () => {
  it.each([
    ["255 characters", cmiString255, "x".repeat(255), "fits", "fits"],
    ["256 characters", cmiString255, long, "refused", "length"],
    ["an identifier", cmiIdentifier, "obj-1_a.b", "fits", "fits"],
    ["an identifier with a blank", cmiIdentifier, "obj 1", "refused", "identifier"],
    ["an identifier in another script", cmiIdentifier, "目標", "refused", "identifier"],
    ["an empty identifier", cmiIdentifier, "", "refused", "refused"],
    ["a long identifier", cmiIdentifier, long, "refused", "length"],
    ["a score of 0", cmiScore, "0", "fits", "fits"],
    ["a score of 100.0", cmiScore, "100.0", "fits", "fits"],
    ["no score", cmiScore, "", "fits", "fits"],
    ["a score above 100", cmiScore, "100.1", "refused", "refused"],
    ["a score below 0", cmiScore, "-1", "refused", "refused"],
    ["a score with an exponent", cmiScore, "1e1", "refused", "refused"],
    ["a long decimal", cmiScore, "66.66666666666667", "fits", "fits"],
    ["a lone sign", cmiDecimalOrBlank, "-", "refused", "refused"],
    ["a lone point", cmiDecimalOrBlank, ".", "refused", "refused"],
    ["a negative decimal", cmiDecimalOrBlank, "-2.2", "fits", "fits"],
    ["an integer at the end of its range", cmiInteger(-1, 100), "100", "fits", "fits"],
    ["an integer out of range", cmiInteger(-1, 100), "101", "refused", "refused"],
    ["no integer", cmiInteger(-1, 100), "", "refused", "refused"],
    ["the last second of a day", cmiTime, "23:59:59.99", "fits", "fits"],
    ["hour 24", cmiTime, "24:00:00", "refused", "refused"],
    ["a time span", cmiTimespan, "0001:02:03.4", "fits", "fits"],
    ["one hour digit", cmiTimespan, "1:00:00", "refused", "timespan"],
    ["five hour digits", cmiTimespan, "10000:00:00", "refused", "timespan"],
    ["seven hour digits", cmiTimespan, "1000000:00:00", "refused", "refused"],
    ["a million characters and one", cmiString255, "x".repeat(1_000_001), "refused", "refused"],
    ["a number without end", cmiScore, `1.${"0".repeat(1000)}`, "refused", "refused"],
    ["a thousandth of a second", cmiTimespan, "00:00:00.001", "refused", "refused"],
    ["a word in another case", cmiVocabulary("passed"), "Passed", "refused", "refused"],
  ] as const)("%s", (_, type, value, strict, lenient) => {
    expect(type(value, strictPolicy)).toBe(strict);
    expect(type(value, lenientPolicy)).toBe(lenient);
  });
});

describe("cmiFeedback", () => {
  it("has a form for each interaction type that only the strict policy insists on", () => {
    expect(cmiFeedback("{1.a,2.b}", "matching", strictPolicy)).toBe("fits");
    expect(cmiFeedback("the left one", "matching", strictPolicy)).toBe("refused");
    expect(cmiFeedback("the left one", "matching", lenientPolicy)).toBe("feedback");
  });

  it("takes any text for a type without a form and for no type yet", () => {
    expect(cmiFeedback("any text", "fill-in", strictPolicy)).toBe("fits");
    expect(cmiFeedback("any text", "", strictPolicy)).toBe("fits");
    expect(cmiFeedback("any text", "constructor", strictPolicy)).toBe("fits");
  });
});
