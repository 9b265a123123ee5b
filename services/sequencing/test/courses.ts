import type {
  ActivityDefinition,
  ActivityTree,
  SequencingDefinition,
} from "@coursemesh/scorm/sequencing/activity-tree.ts";

/** A leaf with a title that people read. */
export function leaf(identifier: string, title: string, sequencing: SequencingDefinition = {}): ActivityDefinition {
  return { identifier, title, resource: { href: `${identifier}.html`, type: "sco" }, sequencing };
}

/** A course whose learners flow through its activities, or choose them. */
export function courseOf(children: readonly ActivityDefinition[], more: Partial<ActivityTree> = {}): ActivityTree {
  const sequencing = { controlMode: { flow: true, choice: true } };
  return { edition: "4th", root: { identifier: "course", title: "The course", sequencing, children }, ...more };
}

/** A pre-test that satisfies a global objective, a lesson and a post-test that are skipped then. */
export const preTestCourse: ActivityTree = courseOf([
  leaf("pre", "Pre-test", {
    objectives: [
      {
        id: "obj1",
        satisfiedByMeasure: true,
        minNormalizedMeasure: 0.6,
        maps: [{ targetId: "global1", writeSatisfiedStatus: true, writeNormalizedMeasure: true }],
      },
    ],
  }),
  leaf("lesson", "Lesson", {
    preConditionRules: [{ action: "skip", conditions: [{ condition: "satisfied", objective: "obj1" }] }],
    objectives: [{ id: "lesson-primary" }, { id: "obj1", maps: [{ targetId: "global1", readSatisfiedStatus: true }] }],
  }),
  leaf("post", "Post-test", {
    preConditionRules: [{ action: "skip", conditions: [{ condition: "satisfied", objective: "obj1" }] }],
    objectives: [{ id: "post-primary" }, { id: "obj1", maps: [{ targetId: "global1", readSatisfiedStatus: true }] }],
  }),
  leaf("end", "Summary"),
]);

/** Three activities that share a text. */
export const sharingCourse: ActivityTree = courseOf([
  { ...leaf("writer", "Writer"), dataMaps: [{ targetId: "notes" }, { targetId: "fixed", writeSharedData: false }] },
  { ...leaf("reader", "Reader"), dataMaps: [{ targetId: "notes", writeSharedData: false }] },
]);
