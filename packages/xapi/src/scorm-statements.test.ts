import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ScormInteraction } from "./scorm-interaction.ts";
import { attemptIri, lessonIri, type ScormVerb } from "./scorm-profile.ts";
import { type ScormChange, type ScormSetting, scormStatement } from "./scorm-statements.ts";
import { validateStatement } from "./validate-statement.ts";

const course = "https://lms.example.com/courses/fire-safety";
const lesson = lessonIri(course, "SCO 1");
const setting: ScormSetting = {
  learner: { objectType: "Agent", account: { homePage: "https://lms.example.com", name: "learner-1" } },
  course: { iri: course, title: "Fire safety" },
  lesson: { iri: lesson, title: "When it burns" },
  attempt: attemptIri(lesson, "2"),
  registration: "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
  language: "en",
  extensions: "https://lms.example.com/xapi/extensions",
};
/** An id that shows its name: its length, in the form of a UUID. */
const idOf = (name: string) => `00000000-0000-5000-8000-${String(name.length).padStart(12, "0")}`;
const at = "2026-11-20T13:45:12.123Z";

const tell = (change: ScormChange, where = setting) => {
  const statement = scormStatement(where, change, idOf);
  expect(validateStatement(statement, "1.0.3")).toEqual([]);
  expect(validateStatement(statement, "2.0.0")).toEqual([]);
  return statement;
};
const responded = (interaction: Partial<ScormInteraction>) =>
  tell({ verb: "responded", key: "1", at, interaction: { edition: "2004", id: "q1", ...interaction } });

describe("a statement after the SCORM profile", () => {
  it("names the SCO as lesson, groups by course and attempt, and belongs to the profile (5.0)", () => {
    const { verb, object, context, timestamp, result } = tell({ verb: "initialized", key: "launch-1", at });
    expect(verb.id).toBe("http://adlnet.gov/expapi/verbs/initialized");
    expect(object).toMatchObject({
      id: lesson,
      definition: { name: { en: "When it burns" }, type: "http://adlnet.gov/expapi/activities/lesson" },
    });
    expect(context?.contextActivities).toMatchObject({
      grouping: [
        { id: course, definition: { type: "http://adlnet.gov/expapi/activities/course" } },
        { id: `${lesson}?attemptId=2`, definition: { type: "http://adlnet.gov/expapi/activities/attempt" } },
      ],
      category: [{ id: "https://w3id.org/xapi/scorm" }, { id: "https://w3id.org/xapi/scorm/v/2" }],
    });
    expect(context?.registration).toBe(setting.registration);
    expect(timestamp).toBe(at);
    expect(result).toBeUndefined();
  });

  it("carries outcome and session time when the attempt ends (5.0, 6.0 Session Time)", () => {
    const outcome = {
      completion: true,
      success: false,
      score: { scaled: 0.5, raw: 5, min: 0, max: 10 },
      seconds: 3690.129,
    };
    expect(tell({ verb: "terminated", key: "1", at, outcome }).result).toEqual({
      completion: true,
      success: false,
      score: outcome.score,
      duration: "PT1H1M30.12S",
    });
  });

  it("is about the course when no SCO is named", () => {
    const { lesson: _, ...whole } = setting;
    const { object } = tell({ verb: "passed", key: "1", at, outcome: { success: true } }, whole);
    expect(object).toMatchObject({ id: course, definition: { type: "http://adlnet.gov/expapi/activities/course" } });
  });

  it.each([
    [{ raw: 12, max: 10 }, { raw: 12 }],
    [{ raw: 5, min: 10, max: 0 }, { raw: 5 }],
    [{ scaled: 95, raw: 95 }, { raw: 95 }],
    [{ scaled: Number.NaN }, undefined],
  ])("keeps of the score %j what xAPI takes", (score, kept) => {
    expect(tell({ verb: "scored", key: "1", at, outcome: { score } }).result?.score).toEqual(kept);
  });

  it("has the same id for the same change, and another for another", () => {
    const names = new Set<string>();
    const nameOf = (change: ScormChange, where = setting) => {
      scormStatement(where, change, (name) => {
        names.add(name);
        return idOf(name);
      });
    };
    nameOf({ verb: "initialized", key: "1", at });
    nameOf({ verb: "initialized", key: "1", at: "2026-11-20T14:00:00.000Z" });
    expect(names.size).toBe(1);
    nameOf({ verb: "initialized", key: "2", at });
    nameOf({ verb: "resumed", key: "1", at });
    nameOf({ verb: "initialized", key: "1", at }, { ...setting, attempt: attemptIri(lesson, "3") });
    expect(names.size).toBe(4);
  });
});

describe("an interaction", () => {
  it("is responded, in the SCO, with its type (6.0 Interactions)", () => {
    const { verb, object, context } = responded({
      type: "numeric",
      correctResponses: ["1[:]5"],
      description: "{lang=de}Wie viele?",
    });
    expect(verb.id).toBe("http://adlnet.gov/expapi/verbs/responded");
    expect(object).toEqual({
      objectType: "Activity",
      id: `${lesson}/interactions/q1`,
      definition: {
        name: { und: "q1" },
        description: { de: "Wie viele?" },
        type: "http://adlnet.gov/expapi/activities/cmi.interaction",
        interactionType: "numeric",
        correctResponsesPattern: ["1[:]5"],
      },
    });
    expect(context?.contextActivities?.parent).toMatchObject([{ id: lesson }]);
  });

  it.each([
    ["true-false", "t", "true"],
    ["true-false", "0", "false"],
    ["choice", "a", "a"],
    ["choice", "{a,c}", "a[,]c"],
    ["choice", "Paris, France and more", "Paris, France and more"],
    ["fill-in", "Paris, France", "Paris, France"],
    ["matching", "1.a,2.c", "1[.]a[,]2[.]c"],
    ["matching", "{1.a}", "1[.]a"],
    ["performance", "turned left", "[.]turned left"],
    ["sequencing", "c,a,b", "c[,]a[,]b"],
    ["likert", "3", "3"],
    ["numeric", "4.5", "4.5"],
  ])("writes the SCORM 1.2 response of %s %j as %j", (type, response, expected) => {
    const { object, result } = responded({ edition: "1.2", type, response, correctResponses: [response] });
    expect(result?.response).toBe(expected);
    expect(object).toMatchObject({ definition: { interactionType: type, correctResponsesPattern: [expected] } });
  });

  it.each([
    ["true-false", "false"],
    ["choice", "a[,]c"],
    ["fill-in", "{case_matters=true}{lang=en}car[,]auto"],
    ["long-fill-in", "a long story"],
    ["matching", "1[.]a[,]2[.]c"],
    ["performance", "step_1[.]inspect[,][.]done"],
    ["sequencing", "c[,]a"],
    ["likert", "agree"],
    ["numeric", "4[:]"],
    ["other", "anything, at. all"],
  ])("keeps the SCORM 2004 response of %s as it is", (type, response) => {
    expect(responded({ type, response }).result?.response).toBe(response);
  });

  it("of a type that is not known is other", () => {
    expect(responded({ type: "hotspot" }).object).toMatchObject({ definition: { interactionType: "other" } });
  });

  it.each([
    ["correct", { success: true }],
    ["wrong", { success: false }],
    ["incorrect", { success: false }],
    ["0.5", { score: { raw: 0.5 } }],
    ["neutral", { extensions: { "https://lms.example.com/xapi/extensions/scorm-interaction": { result: "neutral" } } }],
  ])("with the result %s says %j", (result, expected) => {
    expect(responded({ result }).result).toEqual(expected);
  });

  it.each([
    ["0000:01:30.50", "PT1M30.5S"],
    ["0001:00:00", "PT1H"],
    ["00:00:00", "PT0S"],
    ["PT12.5S", "PT12.5S"],
    ["soon", undefined],
  ])("with the latency %s lasted %s", (latency, duration) => {
    expect(responded({ latency }).result?.duration).toBe(duration);
  });

  it("is a valid statement whatever the course has set", () => {
    const text = fc.option(fc.string({ unit: "binary", maxLength: 20 }), { nil: undefined });
    const interaction = fc.record({
      edition: fc.constantFrom("1.2" as const, "2004" as const),
      id: fc.string({ unit: "binary", maxLength: 20 }),
      type: fc.option(fc.constantFrom("true-false", "choice", "matching", "performance", "essay"), { nil: undefined }),
      response: text,
      result: fc.option(fc.oneof(fc.string(), fc.double().map(String), fc.constant("1".repeat(300))), {
        nil: undefined,
      }),
      latency: text,
      weighting: text,
      description: text,
      objectives: fc.array(fc.string(), { maxLength: 3 }),
      correctResponses: fc.array(fc.string(), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(interaction, (one) => void tell({ verb: "responded", key: "1", at, interaction: one })),
      { numRuns: 50 },
    );
  });
});

describe("every verb", () => {
  const ends: readonly Exclude<ScormVerb, "initialized" | "resumed" | "responded">[] = [
    "suspended",
    "terminated",
    "completed",
    "passed",
    "failed",
    "scored",
  ];
  it("makes a valid statement of any outcome", () => {
    const number = fc.option(fc.double(), { nil: undefined });
    const outcome = fc.record({
      seconds: number,
      score: fc.record({ scaled: number, raw: number, min: number, max: number }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...ends), outcome, (verb, values) => {
        const known = JSON.parse(JSON.stringify(values));
        for (const key of Object.keys(known.score)) if (known.score[key] === null) delete known.score[key];
        if (known.seconds === null) delete known.seconds;
        tell({ verb, key: "1", at, outcome: known });
      }),
    );
  });
});
