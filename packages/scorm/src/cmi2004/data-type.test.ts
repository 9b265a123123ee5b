import { describe, expect, it } from "vitest";
import { interactionTypes } from "./interaction-type.ts";
import { isLanguageTag } from "./language-tag.ts";
import { lenientPolicy } from "./policy.ts";
import { formatReal } from "./real-number.ts";
import { runSession } from "./testing/session.ts";
import { formatTimeInterval, parseTimeInterval } from "./time-interval.ts";

const set = (element: string, value: string, strict = true): string => {
  const session = runSession(strict ? {} : { terms: { policy: lenientPolicy } });
  session.set("cmi.objectives.0.id", "objective");
  session.set("cmi.interactions.0.id", "question");
  session.set(element, value);
  return session.error;
};

const respond = (type: string, element: string, value: string, strict = true): string[] => {
  const session = runSession(strict ? {} : { terms: { policy: lenientPolicy } });
  session.set("cmi.interactions.0.id", "question");
  session.set("cmi.interactions.0.type", type);
  const name = `cmi.interactions.0.${element}`;
  session.set(name, value);
  const code = session.error;
  return [code, session.get(name)];
};
const response = (type: string, value: string, strict?: boolean) => respond(type, "learner_response", value, strict)[0];
const pattern = (type: string, value: string, strict?: boolean) =>
  respond(type, "correct_responses.0.pattern", value, strict)[0];

describe("a value", () => {
  it.each([
    ["cmi.score.scaled", "-1", "0"],
    ["cmi.score.scaled", "1.0000001", "407"],
    ["cmi.score.scaled", "one", "406"],
    ["cmi.score.scaled", "", "406"],
    ["cmi.score.scaled", "1e-3", "406"],
    ["cmi.score.raw", "-1234.5", "0"],
    ["cmi.progress_measure", "-0.1", "407"],
    ["cmi.learner_preference.audio_level", "-1", "407"],
    ["cmi.learner_preference.language", "zz-ZZ", "406"],
    ["cmi.learner_preference.language", "de-CH-1996", "0"],
    ["cmi.completion_status", "passed", "406"],
    ["cmi.success_status", "completed", "406"],
    ["cmi.exit", "logout", "0"],
    ["cmi.session_time", "00:10:00", "406"],
    ["cmi.session_time", "PT", "406"],
    ["cmi.session_time", "P1M", "0"],
    ["cmi.comments_from_learner.0.timestamp", "2004-02-30", "406"],
    ["cmi.comments_from_learner.0.timestamp", "2004-02-29T10", "0"],
    ["cmi.interactions.0.result", "wrong", "406"],
    ["cmi.interactions.0.result", "-0.25", "0"],
    ["cmi.objectives.1.id", "two words", "406"],
    ["cmi.objectives.1.id", "urn:x", "406"],
  ])("of %s may be %j: %s", (element, value, code) => {
    expect(set(element, value)).toBe(code);
  });

  it.each([
    ["cmi.score.scaled", "1e-7", "number"],
    ["cmi.learner_preference.language", "Deutsch?", "language"],
    ["cmi.session_time", "PT1M2.345S", "time"],
    ["cmi.comments_from_learner.0.timestamp", "2026-11-20T12:00:00.123Z", "time"],
    ["cmi.comments_from_learner.0.timestamp", "2026-11-20T12:00:00+01:00", "time"],
    ["cmi.comments_from_learner.0.comment", "{lang=xx-yy}Hm", undefined],
    ["cmi.objectives.1.id", "Größe der Zahl", "identifier"],
    ["cmi.location", "x".repeat(1001), "length"],
  ])("of %s that the lenient policy forgives is kept whole: %j", (element, value, rule) => {
    const session = runSession({ terms: { policy: lenientPolicy } });
    session.set("cmi.objectives.0.id", "objective");
    expect([session.set(element, value), session.error]).toEqual([true, "0"]);
    expect(session.get(element) || session.error).toBe(element === "cmi.session_time" ? "405" : value);
    expect(session.state().warnings[0]?.rule).toBe(rule);
  });
});

describe("a response", () => {
  it.each([
    ["true-false", "true", "t"],
    ["choice", "a[,]b", "a[,]a"],
    ["choice", "", "a b"],
    ["fill-in", "{lang=de}ja[,]nein", "{lang=nowhere}x"],
    ["long-fill-in", "any\ntext [,] {x}", "{lang=}x"],
    ["likert", "often", "very often"],
    ["matching", "a[.]1[,]b[.]2", "a[.]1[,]b"],
    ["performance", "[.]do it[,]second[.]", "do it"],
    ["sequencing", "a[,]b[,]a", "a[,]"],
    ["numeric", "-1.5", "1[:]2"],
  ])("to %s is %j and not %j", (type, right, wrong) => {
    expect(response(type, right)).toBe("0");
    expect(response(type, wrong)).toBe("406");
    expect(response(type, wrong, false)).toBe("0");
  });

  it.each([
    ["numeric", "[:]5", "5[:]1"],
    ["numeric", "1[:]1", "5"],
    ["performance", "{order_matters=false}step[.]1[:]2", "step[.]2[:]1"],
    ["fill-in", "{order_matters=false}{case_matters=true}a[,]b", "{case_matters=maybe}a"],
    ["long-fill-in", "{lang=en}{case_matters=true}a", "{case_matters=}a"],
  ])("of %s that is correct is %j and not %j", (type, right, wrong) => {
    expect(pattern(type, right)).toBe("0");
    expect(pattern(type, wrong)).toBe("406");
    expect(pattern(type, wrong, false)).toBe("0");
  });

  it("says only those delimiters again that change something, in one order", () => {
    const kept = (type: string, value: string) => respond(type, "correct_responses.0.pattern", value)[1];
    expect(kept("fill-in", "{order_matters=true}{case_matters=false}a")).toBe("a");
    expect(kept("fill-in", "{order_matters=false}{case_matters=true}a")).toBe(
      "{case_matters=true}{order_matters=false}a",
    );
    expect(kept("long-fill-in", "{lang=en}{case_matters=true}a")).toBe("{case_matters=true}{lang=en}a");
  });

  it.each(interactionTypes)("needs the type %s, and a form for it", (type) => {
    const session = runSession();
    session.set("cmi.interactions.0.id", "question");
    expect([session.set("cmi.interactions.0.learner_response", "1"), session.error]).toEqual([false, "408"]);
    expect([session.set("cmi.interactions.0.correct_responses.0.pattern", "1"), session.error]).toEqual([false, "408"]);
    session.set("cmi.interactions.0.type", type);
    session.set("cmi.interactions.0.learner_response", "{}[x");
    expect(["0", "406"]).toContain(session.error);
  });

  it("comes once only where the type has one, and no two are equal where they are a set", () => {
    const codes = (type: string, strict: boolean) => {
      const session = runSession(strict ? {} : { terms: { policy: lenientPolicy } });
      session.set("cmi.interactions.0.id", "question");
      session.set("cmi.interactions.0.type", type);
      return [0, 1, 3].map((at) => {
        session.set(`cmi.interactions.0.correct_responses.${at}.pattern`, type === "choice" ? "a" : "true");
        return session.error;
      });
    };
    expect(codes("true-false", true)).toEqual(["0", "351", "351"]);
    expect(codes("choice", true)).toEqual(["0", "351", "351"]);
    expect(codes("choice", false)).toEqual(["0", "0", "351"]);
  });
});

describe("time and numbers", () => {
  it.each([
    ["PT0H0M0S", 0],
    ["PT1.5S", 150],
    ["P1DT1H", 9_000_000],
    ["P29D", 250_560_000],
  ])("%s is %d hundredths of a second and back", (text, centiseconds) => {
    expect(parseTimeInterval(text, true)).toBe(centiseconds);
    expect(formatTimeInterval(centiseconds)).toBe(text);
  });

  it("refuses intervals beyond all measure", () => {
    expect(parseTimeInterval(`PT${"9".repeat(11)}S`, true)).toBeUndefined();
  });

  it.each([
    [1, "1.0"],
    [0.8, "0.8"],
    [-0.5, "-0.5"],
    [1 / 3, "0.3333333"],
    [0.00000001, "0.0"],
  ])("the number %d is told as %s", (number, text) => {
    expect(formatReal(number)).toBe(text);
  });

  it.each([
    ["en", true],
    ["de-AT", true],
    ["i-klingon", true],
    ["x-ours", true],
    ["i", false],
    ["frl", false],
    ["en-", false],
    ["", false],
  ])("%j is a registered language: %s", (tag, known) => {
    expect(isLanguageTag(tag, true)).toBe(known);
  });
});
