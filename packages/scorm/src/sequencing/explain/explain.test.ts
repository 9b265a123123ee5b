import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ActivityDefinition, ActivityTree, SequencingDefinition } from "../activity-tree.ts";
import type { SequencingRequest } from "../request.ts";
import { openSession, prepareCourse } from "../session.ts";
import { step } from "../step.ts";
import { anyRequest, anyTree } from "../testing/any-course.ts";
import { explainActivity } from "./explain-activity.ts";
import { explainTrace } from "./explain-trace.ts";
import type { ToldStep } from "./explanation.ts";
import { stateChanges } from "./state-changes.ts";
import { stepSummary } from "./step-summary.ts";
import type { Story } from "./story.ts";
import { textsFor } from "./texts-for.ts";

const flow = { controlMode: { flow: true } };

function course(children: readonly ActivityDefinition[], sequencing: SequencingDefinition = flow): ActivityTree {
  return { edition: "4th", root: { identifier: "root", title: "Course", sequencing, children } };
}

function leaf(identifier: string, title: string, sequencing: SequencingDefinition = {}): ActivityDefinition {
  return { identifier, title, sequencing };
}

/** Plays requests, the first of which is a start, and keeps the story. */
function play(tree: ActivityTree, requests: readonly SequencingRequest[], locale = "en"): Story {
  let session = openSession(prepareCourse(tree));
  const steps: ToldStep[] = [];
  for (const [at, request] of [{ navigation: { type: "start" } } as const, ...requests].entries()) {
    const result = step(session, request, { now: at * 1000, random: () => 0 });
    session = result.session;
    const { navigation } = request;
    steps.push({ id: `step${at}`, trace: result.trace, ...(navigation && { navigation }) });
  }
  return { session, steps, texts: textsFor(locale) };
}

function sentencesOf(story: Story, activity: string): string[] {
  const found = story.session.course.byIdentifier.get(activity);
  if (found === undefined) throw new Error(`no activity ${activity}`);
  return explainActivity(story, found, { now: 1e6, random: () => 0 }).decisions.map(({ sentence }) => sentence);
}

const next = (values: object = {}): SequencingRequest => ({
  report: { objectives: [], exit: "normal", ...values },
  navigation: { type: "continue" },
});

describe("the explanation of an activity", () => {
  it("names every condition of a rule that had to hold, with its score and where that came from", () => {
    const maps = (write: boolean) => [
      { targetId: "g", [write ? "writeNormalizedMeasure" : "readNormalizedMeasure"]: true },
    ];
    const tree = course([
      leaf("test", "Test", { objectives: [{ id: "score", maps: maps(true) }] }),
      leaf("help", "Remediation", {
        objectives: [{ id: "own" }, { id: "score", maps: maps(false) }],
        preConditionRules: [
          {
            action: "skip",
            conditions: [
              { condition: "objectiveMeasureGreaterThan", objective: "score", measureThreshold: 0.5 },
              { condition: "attempted", operator: "not" },
            ],
          },
        ],
      }),
      leaf("end", "End"),
    ]);
    const story = play(tree, [next({ scoreScaled: 0.75 })]);
    expect(sentencesOf(story, "help")).toEqual([
      "Remediation skipped: score of objective score above 0.5 by Test and the activity not attempted before",
      "Remediation was never begun",
    ]);
    const help = story.session.course.activities[2];
    const [decision] = help ? explainActivity(story, help, { now: 1e6, random: () => 0 }).decisions : [];
    expect(decision?.facts).toEqual([
      { name: "score of objective score", value: "0.75", step: "step1", activity: "test" },
      { name: "attempts", value: "no", step: "", activity: "" },
    ]);
  });

  it("tells of a delivery that is over last, and of a cluster's status before whether it may be chosen", () => {
    const story = play(course([leaf("test", "Test"), leaf("end", "End")]), [next({ successStatus: "failed" })]);
    expect(sentencesOf(story, "test")).toEqual([
      "Test said so itself: not satisfied",
      "Test ended without saying otherwise, so it counts as completed",
      "Test delivered: Start",
    ]);
    expect(sentencesOf(story, "end")).toEqual(["End delivered: Continue"]);
    const [first] = sentencesOf(play(course([leaf("only", "Only")]), [next()]), "root");
    expect(first).toBe("Course counts as satisfied: 1 of 1 children are satisfied");
  });

  it("knows the manifest's line of a rule", () => {
    const rule = { action: "skip" as const, conditions: [{ condition: "always" as const }], line: 88 };
    const tree = course([leaf("a", "A", { preConditionRules: [rule] }), leaf("b", "B")], {
      ...flow,
      rollupRules: [
        { action: "completed", childActivitySet: "any", conditions: [{ condition: "completed" }], line: 12 },
      ],
    });
    const story = play(tree, [next()]);
    const linesOf = (at: number) => {
      const activity = story.session.course.activities[at];
      return (
        activity && explainActivity(story, activity, { now: 1e6, random: () => 0 }).decisions.map(({ line }) => line)
      );
    };
    expect(linesOf(1)?.[0]).toBe(88);
    expect(linesOf(0)).toContain(12);
  });

  it("calls the primary objective by its name where it has one", () => {
    const maps = (write: boolean) => [
      { targetId: "g", [write ? "writeSatisfiedStatus" : "readSatisfiedStatus"]: true },
    ];
    const skip = { action: "skip" as const, conditions: [{ condition: "satisfied" as const }] };
    const tree = course([
      leaf("test", "Pre-test", { objectives: [{ id: "own" }, { id: "topic", maps: maps(true) }] }),
      leaf("lesson", "Lesson", { objectives: [{ id: "topic", maps: maps(false) }], preConditionRules: [skip] }),
      leaf("end", "End"),
    ]);
    const objectives = [{ id: "topic", successStatus: "passed" }];
    expect(sentencesOf(play(tree, [next({ objectives })]), "lesson")).toEqual([
      "Lesson skipped: objective topic satisfied by Pre-test",
      "Lesson is satisfied: read from g, set by Pre-test",
    ]);
  });

  it("tells an attempt that ended without a word from one that said so", () => {
    const tree = course([leaf("a", "A"), leaf("b", "B"), leaf("c", "C")]);
    const story = play(tree, [next(), next({ successStatus: "failed", completionStatus: "incomplete" })]);
    expect(sentencesOf(story, "a")).toContain("A ended without saying otherwise, so it counts as satisfied");
    expect(sentencesOf(story, "b")).toContain("B said so itself: not satisfied, incomplete");
  });

  it("says which roll-up rule gave a cluster its status, for how many children", () => {
    const rollupRules = [
      {
        action: "satisfied" as const,
        childActivitySet: "any" as const,
        conditions: [{ condition: "satisfied" as const }],
      },
    ];
    const module = { ...leaf("m", "Module", { ...flow, rollupRules }), children: [leaf("a", "A"), leaf("b", "B")] };
    const story = play(course([module, leaf("end", "End")]), [
      next({ successStatus: "passed", completionStatus: "completed" }),
      next({ successStatus: "failed", completionStatus: "completed" }),
    ]);
    expect(sentencesOf(story, "m")).toEqual([
      "Module counts as satisfied: 1 of 2 children are satisfied",
      "Module counts as completed: 2 of 2 children are completed",
    ]);
  });

  it("says what disables, hides, limits and closes an activity now", () => {
    const always = [{ condition: "always" as const }];
    const tree = course(
      [
        leaf("a", "A", { limitConditions: { attemptLimit: 1 } }),
        leaf("b", "B", { preConditionRules: [{ action: "disabled", conditions: always }] }),
        leaf("c", "C", { preConditionRules: [{ action: "hiddenFromChoice", conditions: always }] }),
        { ...leaf("d", "D"), visible: false },
      ],
      { controlMode: { choice: false, flow: true } },
    );
    const story = play(tree, [{ report: { objectives: [], exit: "normal" }, navigation: { type: "exit" } }]);
    expect(sentencesOf(story, "a")).toContain("A may not be begun: 1 of 1 attempts are used");
    expect(sentencesOf(story, "b")[0]).toBe("B is disabled: always");
    expect(sentencesOf(story, "c")).toContain("C is hidden from choice: always");
    expect(sentencesOf(story, "d")).toEqual([
      "D is not listed: the manifest makes it invisible",
      "D cannot be chosen now: The target may not be chosen: its parent does not allow choice.",
      "D was never begun",
    ]);
  });

  it("says what was drawn", () => {
    const selection = { timing: "once" as const, count: 1 };
    const tree = course([{ ...leaf("t", "Test", { ...flow, selection }), children: [leaf("a", "A"), leaf("b", "B")] }]);
    const story = play(tree, []);
    expect(sentencesOf(story, "a")).toContain("1 of 2 children of Test were drawn");
    expect(sentencesOf(story, "b")[0]).toBe("B is not in this learner's selection of Test");
  });

  it("says what a post-condition rule made of a request", () => {
    const again = {
      action: "retry" as const,
      conditions: [{ condition: "satisfied" as const, operator: "not" as const }],
    };
    const story = play(course([leaf("a", "A", { postConditionRules: [again] }), leaf("b", "B")]), [
      next({ successStatus: "failed" }),
    ]);
    expect(sentencesOf(story, "a").slice(0, 2)).toEqual([
      "A delivered: Continue",
      "A is tried again: the activity not satisfied",
    ]);
  });
});

describe("the summary of a step", () => {
  const tree = course([leaf("a", "A"), leaf("b", "B")]);
  const summary = (story: Story, effect: Parameters<typeof stepSummary>[1]["effect"], delivered = "") =>
    stepSummary(story, { navigation: story.steps.at(-1)?.navigation, effect, delivered });

  it("says what was delivered, refused, or that nothing was", () => {
    expect(summary(play(tree, [next()]), "deliver", "b")).toBe("B delivered: Continue");
    const back = play(tree, [{ navigation: { type: "choice", target: "x" } }]);
    expect(summary(back, "refused")).toBe("Choice (x) refused: The target does not exist in the activity tree.");
    expect(summary(play(tree, [next(), next()]), "endSession")).toBe("Continue: the session ended");
    expect(summary(play(tree, [{ report: { objectives: [], exit: "" } }]), undefined)).toBe("Results taken over");
  });

  it("speaks German too", () => {
    expect(summary(play(tree, [next()], "de-AT"), "deliver", "b")).toBe("„B“ geöffnet: Weiter");
    expect(summary(play(tree, [next()], "fr"), "deliver", "b")).toBe("B delivered: Continue");
  });
});

describe("whatever is asked of whatever course", () => {
  it("everything can be told, in both languages", () => {
    fc.assert(
      fc.property(
        anyTree,
        fc.array(anyRequest, { maxLength: 12 }),
        fc.constantFrom("en", "de"),
        (tree, requests, locale) => {
          const story = play(tree, requests, locale);
          for (const run of explainTrace(story)) {
            for (const { sentence, rule } of run.decisions)
              expect(`${sentence}${rule}`).not.toMatch(/undefined|NaN|\[object/);
          }
          for (const activity of story.session.course.activities) {
            const { summary } = explainActivity(story, activity, { now: 1e6, random: () => 0 });
            expect(summary).not.toMatch(/^$|undefined|NaN|\[object/);
          }
          expect(stateChanges(story.session, story.session)).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
