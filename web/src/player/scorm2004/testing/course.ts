import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type { ActivityDefinition, ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";

/** A SCO for tests; its title is its identifier. */
export function scoOf(identifier: string, change: Partial<ActivityDefinition> = {}): ActivityDefinition {
  return { identifier, title: identifier, resource: { href: `${identifier}.html`, type: "sco" }, ...change };
}

/** A course of these activities, for what reads its tree; learners may flow and choose unless `change` says otherwise. */
export function courseOf(
  children: readonly ActivityDefinition[],
  change: Partial<ActivityDefinition> = {},
): CourseOutline {
  const sequencing = { controlMode: { flow: true, choice: true } };
  const root: ActivityDefinition = { identifier: "ORG", title: "A course", sequencing, children, ...change };
  const tree: ActivityTree = { edition: "4th", root };
  return {
    standard: "scorm2004",
    manifestIdentifier: "MANIFEST",
    organizationIdentifier: root.identifier,
    title: root.title,
    activities: [],
    tree,
  };
}

/** A lesson that writes its success to a global objective, and a test that stays closed until that is known as satisfied. */
export const lessonAndTest: CourseOutline = courseOf([
  scoOf("Lesson", {
    sequencing: {
      deliveryControls: { objectiveSetByContent: true },
      objectives: [{ id: "own", maps: [{ targetId: "lesson-passed", writeSatisfiedStatus: true }] }],
    },
  }),
  scoOf("Test", {
    sequencing: {
      objectives: [{ id: "own" }, { id: "lesson", maps: [{ targetId: "lesson-passed", readSatisfiedStatus: true }] }],
      preConditionRules: [
        {
          action: "disabled",
          combination: "any",
          conditions: [
            { condition: "satisfied", objective: "lesson", operator: "not" },
            { condition: "objectiveStatusKnown", objective: "lesson", operator: "not" },
          ],
        },
      ],
    },
  }),
]);
