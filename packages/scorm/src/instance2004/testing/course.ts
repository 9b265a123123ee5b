import { lenientPolicy } from "../../cmi2004/policy.ts";
import type { CourseOutline } from "../../course/course-outline.ts";
import { outlineOfTree } from "../../manifest/scorm2004/outline-of-tree.ts";
import type { ActivityDefinition, ActivityTree } from "../../sequencing/activity-tree.ts";
import type { Launch2004Context } from "../launch-context.ts";

/** A leaf that runs a SCO. */
export function scoOf(identifier: string, more: Partial<ActivityDefinition> = {}): ActivityDefinition {
  return { identifier, title: identifier, resource: { href: `${identifier}.html`, type: "sco" }, ...more };
}

/** A course in which learners go on from leaf to leaf, and choose. */
export function flowTree(children: readonly ActivityDefinition[], more: Partial<ActivityTree> = {}): ActivityTree {
  const sequencing = { controlMode: { flow: true } };
  return { edition: "4th", root: { identifier: "ORG", title: "A course", sequencing, children }, ...more };
}

/** The outline of a tree, as an import makes it. */
export function outlineOf(tree: ActivityTree): CourseOutline {
  const attributes = [{ name: "identifier", namespace: "", value: "MANIFEST" }];
  const element = { name: "manifest", namespace: "", prefix: "", attributes, children: [], text: "", line: 1 };
  return outlineOfTree(element, tree);
}

/** A launch for credit in normal mode. */
export function launchOf(id: string, change: Partial<Launch2004Context> = {}): Launch2004Context {
  return {
    standard: "scorm2004",
    id,
    learnerId: "learner-1",
    learnerName: "Doe, Jane",
    mode: "normal",
    credit: "credit",
    policy: lenientPolicy,
    resumeAfterClosedWindow: true,
    ...change,
  };
}
