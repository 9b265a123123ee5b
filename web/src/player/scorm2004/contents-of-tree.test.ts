import { emptyInstance2004 } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { ActivityDefinition, SequencingDefinition } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import { describe, expect, it } from "vitest";
import type { ContentsEntry } from "../contents/contents-entry.ts";
import { Outlook } from "./outlook.ts";
import { courseOf, scoOf } from "./testing/course.ts";
import { FakeServer } from "./testing/fake-server.ts";

const still = { now: 0, random: () => 0 };

/** The contents of a course of which the first activity was delivered. */
async function contentsOf(
  children: readonly ActivityDefinition[],
  change: Partial<ActivityDefinition> = {},
): Promise<readonly ContentsEntry[]> {
  const outline = courseOf(children, change);
  const server = new FakeServer(outline);
  await server.open();
  return new Outlook(outline, server.state, still).contents();
}

function entryIn(contents: readonly ContentsEntry[], identifier: string): ContentsEntry | undefined {
  for (const entry of contents) {
    const found = entry.identifier === identifier ? entry : entryIn(entry.children, identifier);
    if (found) return found;
  }
  return undefined;
}

const partOf = (identifier: string, sequencing: SequencingDefinition, ...children: readonly ActivityDefinition[]) => ({
  identifier,
  title: identifier,
  sequencing: { controlMode: { flow: true, choice: true }, ...sequencing },
  children,
});

describe("the contents of a course with sequencing", () => {
  it("leave out what a rule hides with everything below it, and of what the manifest does not list the item alone", async () => {
    const contents = await contentsOf([
      scoOf("A"),
      partOf(
        "hidden",
        {
          preConditionRules: [{ action: "hiddenFromChoice", conditions: [{ condition: "always" }] }],
        },
        scoOf("B"),
      ),
      scoOf("C", { visible: false }),
      { ...partOf("unlisted", {}, scoOf("D")), visible: false },
    ]);
    expect(contents.map(({ identifier }) => identifier)).toEqual(["ORG", "A", "D"]);
  });

  it("do not call a part locked that is open through what is in it", async () => {
    const disabled = {
      sequencing: { preConditionRules: [{ action: "disabled", conditions: [{ condition: "always" }] }] },
    } as const;
    const closed = { controlMode: { flow: false, choice: true } };
    const contents = await contentsOf([
      partOf("part", closed, scoOf("A")),
      partOf("shut", closed, scoOf("B", disabled)),
    ]);
    expect(entryIn(contents, "part")).toMatchObject({ selectable: false, status: "notAttempted" });
    expect(entryIn(contents, "part")?.reason).toBeUndefined();
    expect(entryIn(contents, "shut")).toMatchObject({ status: "locked" });
  });

  it("say what the course passes over", async () => {
    const skip = { preConditionRules: [{ action: "skip", conditions: [{ condition: "always" }] }] } as const;
    const contents = await contentsOf([scoOf("A"), scoOf("B", { sequencing: skip })]);
    expect(entryIn(contents, "B")).toMatchObject({ status: "notNeeded", selectable: true });
  });

  it.each<[string, readonly ActivityDefinition[], Partial<ActivityDefinition>, unknown]>([
    [
      "a learner has to stay where they are",
      [partOf("part", { controlMode: { flow: true, choiceExit: false } }, scoOf("A")), scoOf("B")],
      {},
      { kind: "stayIn", title: "part" },
    ],
    [
      "the way leads through something that lets nobody pass",
      [
        scoOf("A", {
          sequencing: {
            preConditionRules: [{ action: "stopForwardTraversal", conditions: [{ condition: "always" }] }],
          },
        }),
        scoOf("B"),
      ],
      {},
      { kind: "finishFirst", titles: ["A"] },
    ],
    [
      "there are no attempts left",
      [scoOf("A"), scoOf("B", { sequencing: { limitConditions: { attemptLimit: 0 } } })],
      {},
      { kind: "noAttempts" },
    ],
    [
      "only the course itself leads there",
      [scoOf("A"), scoOf("B")],
      { sequencing: { controlMode: { flow: true, choice: false } } },
      { kind: "notByChoice" },
    ],
    [
      "its part is begun in order",
      [scoOf("A"), partOf("part", { constrainedChoice: { preventActivation: true } }, scoOf("B"))],
      {},
      { kind: "enterInOrder", title: "part" },
    ],
  ])("say why something cannot be chosen: %s", async (_, children, change, reason) => {
    expect(entryIn(await contentsOf(children, change), "B")).toMatchObject({ selectable: false, reason });
  });

  it("names what is left to do in a part that is not listed, not the part", async () => {
    const part = (...lessons: readonly ActivityDefinition[]) => ({
      ...partOf(
        "wrapper",
        { objectives: [{ id: "own", maps: [{ targetId: "done", writeSatisfiedStatus: true }] }] },
        ...lessons,
      ),
      visible: false,
    });
    const test = scoOf("Test", {
      sequencing: {
        objectives: [{ id: "own" }, { id: "read", maps: [{ targetId: "done", readSatisfiedStatus: true }] }],
        preConditionRules: [
          {
            action: "disabled",
            combination: "any",
            conditions: [
              { condition: "satisfied", objective: "read", operator: "not" },
              { condition: "objectiveStatusKnown", objective: "read", operator: "not" },
            ],
          },
        ],
      },
    });
    const few = await contentsOf([part(scoOf("A"), scoOf("B")), test]);
    expect(entryIn(few, "Test")).toMatchObject({ reason: { kind: "finishFirst", titles: ["A", "B"] } });
    const many = await contentsOf([part(...["A", "B", "C", "D"].map((lesson) => scoOf(lesson))), test]);
    expect(entryIn(many, "Test")).toMatchObject({ reason: { kind: "afterOthers" } });
  });

  it("are those of a course that nobody has begun, when there is no answer yet", () => {
    const outline = courseOf([scoOf("A")]);
    const contents = new Outlook(outline, emptyInstance2004, still).contents();
    expect(contents.map(({ status }) => status)).toEqual(["notAttempted", "notAttempted"]);
  });
});
