import { type Draft, trackingOf } from "./draft.ts";

/**
 * Where the tree says that its global objectives are not global to the system (`objectivesGlobalToSystem` false), they live as long as one attempt on the
 * root: forgotten when a new one is about to begin, before anything is decided by them.
 */
export function forgetGlobalObjectives(draft: Draft): void {
  const { root, tree } = draft.course;
  const { attemptCount, active, suspended } = trackingOf(draft, root);
  if (tree.objectivesGlobalToSystem !== false || attemptCount === 0 || active || suspended) return;
  draft.ownGlobalObjectives = draft.globalObjectives.map(() => ({}));
  draft.globalObjectives = draft.ownGlobalObjectives;
}
