import type { ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import { type ObjectiveScope, WHOLE_ORGANIZATION } from "../global-objective/global-objective.repository.ts";

/** Where a course's global objectives and shared data live: with the learner, or with one instance. */
export interface LearnerScopes {
  readonly objectives: ObjectiveScope;
  readonly shared: ObjectiveScope;
}

export function scopesOf(
  tree: ActivityTree,
  organizationId: string,
  learnerId: string,
  instanceId: string,
): LearnerScopes {
  const scope = (global: boolean | undefined): ObjectiveScope => ({
    organizationId,
    learnerId,
    scope: global === false ? instanceId : WHOLE_ORGANIZATION,
  });
  return { objectives: scope(tree.objectivesGlobalToSystem), shared: scope(tree.sharedDataGlobalToSystem) };
}
