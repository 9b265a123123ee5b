import { describe, expect, it } from "vitest";
import type { Reason } from "../contents/reason.ts";
import { plain } from "../view/sentence.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { resultInWords, timeOfDay } from "./format.ts";
import { pickWords } from "./pick-words.ts";
import { reasonInWords } from "./reason-in-words.ts";

const noon = new Date(2026, 10, 20, 14, 32).getTime();
const result = {
  completion: "complete",
  success: "passed",
  totalSeconds: 0,
  progress: 1,
  activitiesCompleted: 1,
  activityCount: 1,
} as const;

describe("words", () => {
  it("are in the learner's language, in English when there is no other", () => {
    expect(pickWords("", "de-CH")).toBe(de);
    expect(pickWords("fr-FR", "en-US")).toBe(en);
    expect(pickWords("xx")).toBe(en);
  });

  it("say a result with its score, and without one when there is none", () => {
    expect(resultInWords(en, { ...result, score: { raw: 46, min: 0, max: 50, scaled: 0.92 } })).toBe("Passed, 92%");
    expect(resultInWords(en, { ...result, success: "unknown" })).toBe("Completed");
    expect(resultInWords(de, { ...result, success: "failed" })).toBe("Nicht bestanden");
  });

  it("say why something does not open or go on, in every language", () => {
    const reasons: readonly Reason[] = [
      { kind: "passFirst", titles: ["Module 1", "Module 2"] },
      { kind: "stayIn", title: "Module 1" },
      { kind: "noAttempts" },
      { kind: "locked" },
      { kind: "unknown" },
    ];
    expect(plain(reasonInWords(en, { kind: "passFirst", titles: ["A", "B"] }))).toBe("Opens after you pass A and B.");
    for (const words of [en, de])
      for (const reason of reasons) expect(reasonInWords(words, reason)).toMatch(/^\p{Lu}.+\.$/u);
  });

  it("say when and why", () => {
    expect(en.saved(timeOfDay(en, noon))).toBe("Saved 14:32");
    expect(plain(en.nothingBecause("Final test", ["Module 1", "Module 2"]))).toBe(
      "There's nothing to open right now. Final test opens after you finish Module 1 and Module 2.",
    );
    expect(en.failing(10)).toBe("We can't save right now. Please don't close this window. Trying again in 10 s.");
  });
});
