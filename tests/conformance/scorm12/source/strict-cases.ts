import type { Case } from "../case-form.ts";
import { finish, get, initialize, set, setFails, single } from "./calls.ts";

const strict = { setting: "strict" } as const;
const q = (name: string) => `cmi.interactions.0.${name}`;

const limits: readonly (readonly [element: string, longest: number])[] = [
  ["cmi.core.lesson_location", 255],
  ["cmi.suspend_data", 4096],
  ["cmi.comments", 4096],
  ["cmi.student_preference.language", 255],
  ["cmi.objectives.0.id", 255],
  ["cmi.interactions.0.id", 255],
  ["cmi.interactions.0.student_response", 255],
  ["cmi.interactions.0.correct_responses.0.pattern", 255],
];

/** Responses by interaction type, RTE 3.4.5, CMIFeedback. */
const responses: readonly {
  readonly type: string;
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
}[] = [
  { type: "true-false", valid: ["0", "1", "t", "f"], invalid: ["yes", "2"] },
  { type: "choice", valid: ["a", "3", "a,b,c", "{a,b}"], invalid: ["the first one", "ab"] },
  { type: "fill-in", valid: ["Any text, with blanks"], invalid: [] },
  { type: "numeric", valid: ["3", "-2.5"], invalid: ["three"] },
  { type: "likert", valid: ["a", "5", ""], invalid: ["agree"] },
  { type: "matching", valid: ["1.a", "1.c,2.b", "{1.c,2.b}"], invalid: ["1-a", "one.a"] },
  { type: "performance", valid: ["turned the valve"], invalid: [] },
  { type: "sequencing", valid: ["a,b,c", "3,1,2"], invalid: ["first,second"] },
];

/** Limits that lenient LMSs relax on purpose, and that the strict setting enforces. */
export const strictCases: readonly Case[] = [
  ...limits.map(([element, longest]) => {
    const why = `RTE 3.4.4, ${element.replaceAll(/\.\d+/g, ".n")}: at most ${longest} characters`;
    return single(
      `strict-length-${element.replace("cmi.", "").replaceAll(/\d+/g, "n").replaceAll(/[._]/g, "-")}`,
      `${element} holds ${longest} characters and not one more`,
      [
        initialize(),
        setFails(element, "x".repeat(longest + 1), "405", why, strict),
        set(element, "x".repeat(longest), why, strict),
        finish(),
      ],
    );
  }),
  ...limits
    .slice(0, 2)
    .map(([element, longest]) =>
      single(
        `lenient-length-${element.replace("cmi.", "").replaceAll(/[._]/g, "-")}`,
        `Without the strict setting a longer ${element} is kept whole`,
        [
          initialize(),
          set(element, "x".repeat(longest * 2), "Our lenient setting: never truncated, a warning is recorded"),
          get(element, "x".repeat(longest * 2), "Never truncated"),
          finish(),
        ],
      ),
    ),
  single("strict-length-comments-together", "The comments together hold 4096 characters", [
    initialize(),
    set("cmi.comments", "x".repeat(4000), "RTE 3.4.4, cmi.comments", strict),
    setFails("cmi.comments", "y".repeat(97), "405", "RTE 3.4.5, CMIString4096", strict),
    get("cmi.comments", "x".repeat(4000), "A refused comment changes nothing"),
    finish(),
  ]),
  ...["cmi.objectives.0.id", q("id"), q("objectives.0.id")].map((element) =>
    single(
      `strict-identifier-${element.replace("cmi.", "").replaceAll(/\d+/g, "n").replaceAll(/[._]/g, "-")}`,
      `${element} has no white space`,
      [
        initialize(),
        ...["my objective", " a", "a\tb", "a\nb"].map((value) =>
          setFails(element, value, "405", "RTE 3.4.5, CMIIdentifier: no white space or unprintable characters", strict),
        ),
        set(element, "my_objective", "RTE 3.4.5, CMIIdentifier", strict),
        finish(),
      ],
    ),
  ),
  ...["cmi.core.session_time", q("latency")].map((element) =>
    single(
      `strict-timespan-${element.replace("cmi.", "").replaceAll(/\d+/g, "n").replaceAll(/[._]/g, "-")}`,
      `${element} has 2 to 4 hour digits`,
      [
        initialize(),
        setFails(element, "1:00:00", "405", "RTE 3.4.5, CMITimespan: hours have at least 2 digits", strict),
        setFails(element, "10000:00:00", "405", "RTE 3.4.5, CMITimespan: hours have at most 4 digits", strict),
        set(element, "01:00:00", "RTE 3.4.5, CMITimespan", strict),
        set(element, "9999:00:00", "RTE 3.4.5, CMITimespan", strict),
        finish(),
      ],
    ),
  ),
  ...responses.map(({ type, valid, invalid }) =>
    single(`strict-feedback-${type}`, `Responses of a ${type} interaction`, [
      initialize(),
      set(q("type"), type, "RTE 3.4.4, cmi.interactions.n.type", strict),
      ...valid.flatMap((value) => [
        set(q("student_response"), value, `RTE 3.4.5, CMIFeedback, ${type}`, strict),
        set(q("correct_responses.0.pattern"), value, `RTE 3.4.5, CMIFeedback, ${type}`, strict),
      ]),
      ...invalid.flatMap((value) => [
        setFails(q("student_response"), value, "405", `RTE 3.4.5, CMIFeedback, ${type}`, strict),
        setFails(q("correct_responses.0.pattern"), value, "405", `RTE 3.4.5, CMIFeedback, ${type}`, strict),
      ]),
      finish(),
    ]),
  ),
];
