import type { ActivityStanding, Outcome, ToldStatus } from "./activity-standing.ts";
import { type AnsweredInteraction, answerOf } from "./answered-interaction.ts";

/** One thing that happened in a SCO. */
export type ActivityChange =
  | { readonly kind: "initialized" | "resumed" | ToldStatus }
  | { readonly kind: "suspended" | "terminated"; readonly sessionSeconds: number }
  | { readonly kind: "answered"; readonly index: number; readonly interaction: AnsweredInteraction };

/**
 * What happened between two standings of a SCO, in the order in which it is told. An interaction counts as answered once it has a response or
 * a result, and again whenever what would be told about it differs.
 */
export function activityChanges(known: ActivityStanding | undefined, after: ActivityStanding): ActivityChange[] {
  // A new attempt begins with nothing.
  const before = known?.attempt === after.attempt ? known : undefined;
  const goesOn = before?.running === true && before.session === after.session;
  const changes: ActivityChange[] = [];
  if (after.running && !goesOn) changes.push({ kind: after.resumed ? "resumed" : "initialized" });
  for (const [index, record] of after.interactions.entries()) {
    const interaction = answerOf(index, record, before?.interactions[index]);
    if (interaction) changes.push({ kind: "answered", index, interaction });
  }
  for (const kind of after.statuses) if (!before?.statuses.includes(kind)) changes.push({ kind });
  if (before?.running && !(after.running && goesOn)) {
    const sessionSeconds = (after.totalCentiseconds - before.totalCentiseconds) / 100;
    changes.push({ kind: after.suspended ? "suspended" : "terminated", sessionSeconds });
  }
  return changes;
}

/** A standing's outcome alone. */
export function outcomeOf({ completion, success, score }: Outcome): Outcome {
  return {
    ...(completion !== undefined && { completion }),
    ...(success !== undefined && { success }),
    ...(score && { score }),
  };
}
