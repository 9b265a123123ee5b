import { lenientPolicy } from "../../cmi12/policy.ts";
import type { ActivityOutline, CourseOutline, Scorm12ItemData } from "../../course/course-outline.ts";
import type { LaunchContext } from "../launch-context.ts";

/** A SCO for tests. */
export function scoOf(identifier: string, scorm12: Scorm12ItemData = {}): ActivityOutline {
  const launch = { href: `${identifier}.html`, type: "sco" } as const;
  return { identifier, title: identifier, visible: true, launch, scorm12, children: [] };
}

/** A flat course of SCOs, or of the activities given. */
export function outlineOf(...activities: readonly (string | ActivityOutline)[]): CourseOutline {
  return {
    standard: "scorm12",
    manifestIdentifier: "MANIFEST",
    organizationIdentifier: "ORG",
    title: "A course",
    activities: activities.map((activity) => (typeof activity === "string" ? scoOf(activity) : activity)),
  };
}

/** A launch for credit in normal mode. */
export function launchOf(id: string, change: Partial<LaunchContext> = {}): LaunchContext {
  return {
    id,
    learnerId: "learner-1",
    learnerName: "Doe, Jane",
    mode: "normal",
    credit: "credit",
    policy: lenientPolicy,
    ...change,
  };
}
