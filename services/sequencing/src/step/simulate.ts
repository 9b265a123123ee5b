import { canonicalJson } from "@coursemesh/platform/json/canonical-json.ts";
import type { PassingScoreOverride, SimulationOverrides } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type { ActivityIndex } from "@coursemesh/scorm/sequencing/activity-index.ts";
import type {
  ActivityDefinition,
  ActivityTree,
  ObjectiveDefinition,
} from "@coursemesh/scorm/sequencing/activity-tree.ts";
import type { ToldStep } from "@coursemesh/scorm/sequencing/explain/explanation.ts";
import { prepareCourse } from "@coursemesh/scorm/sequencing/session.ts";
import { editions } from "../activity/activity-nodes.ts";
import { overrideInvalid } from "../errors.ts";
import type { Asked } from "./asked.ts";
import { type ReplayedStep, replay } from "./replay.ts";
import { readResult } from "./result.mapper.ts";
import type { StepRow } from "./step.repository.ts";

/** A tree under other conditions. @throws OVERRIDE_INVALID for an objective that the course does not have */
export function overriddenCourse(tree: ActivityTree, { edition, passingScores }: SimulationOverrides): ActivityIndex {
  const asked = Object.entries(editions).find(([, number]) => number === edition)?.[0] as ActivityTree["edition"];
  let { root } = tree;
  for (const score of passingScores) {
    const [changed, found] = withPassingScore(root, score);
    if (!found) {
      const field = `passing_scores ${score.activityId} ${score.objectiveId}`.trim();
      throw overrideInvalid({ field, description: "the course has no such objective" });
    }
    root = changed;
  }
  return prepareCourse({ ...tree, edition: asked ?? tree.edition, root });
}

function withPassingScore(
  activity: ActivityDefinition,
  score: PassingScoreOverride,
): readonly [ActivityDefinition, found: boolean] {
  if (activity.identifier === score.activityId) {
    const objectives = activity.sequencing?.objectives ?? [{}];
    const at = score.objectiveId === "" ? 0 : objectives.findIndex(({ id }) => id === score.objectiveId);
    const changed = objectives.map(
      (objective, index): ObjectiveDefinition =>
        index === at
          ? { ...objective, satisfiedByMeasure: true, minNormalizedMeasure: score.scaledPassingScore }
          : objective,
    );
    return [{ ...activity, sequencing: { ...activity.sequencing, objectives: changed } }, at >= 0];
  }
  const children = activity.children?.map((child) => withPassingScore(child, score));
  if (children === undefined || !children.some(([, found]) => found)) return [activity, false];
  return [{ ...activity, children: children.map(([child]) => child) }, true];
}

/** Steps under other conditions, as they would have been stored, each with its trace. */
export interface Simulated {
  readonly row: StepRow;
  readonly told: ToldStep;
  readonly replayed: ReplayedStep;
}

/**
 * Runs the stored requests under other conditions. Ends where a result belongs to an activity that would not have been delivered.
 * @throws OVERRIDE_INVALID for a result of a step that the instance does not have
 */
export function simulate(
  steps: readonly StepRow[],
  course: ActivityIndex,
  seed: bigint,
  overrides: SimulationOverrides,
): Simulated[] {
  const results = new Map<string, Partial<Asked>>();
  for (const { stepId, result } of overrides.results) {
    if (!steps.some(({ id }) => id === stepId)) {
      throw overrideInvalid({ field: `results ${stepId}`, description: "the session has no such step" });
    }
    results.set(stepId, readResult(result));
  }
  const askedOf = (step: StepRow): Asked => ({ ...step.asked, ...results.get(step.id) });
  const simulated: Simulated[] = [];
  for (const replayed of replay(steps, { courseOf: () => course, seed, askedOf })) {
    const { activity } = askedOf(replayed.step);
    const before = identifierAt(course, replayed.before.currentActivity);
    if (activity !== undefined && activity !== before) break;
    const row = rowOf(replayed, askedOf(replayed.step), before);
    const { trace } = replayed.done;
    const navigation = row.asked.navigation ?? replayed.step.asked.navigation;
    simulated.push({ row, replayed, told: { id: row.id, trace, ...(navigation && { navigation }) } });
  }
  return simulated;
}

function rowOf({ step, done, hash }: ReplayedStep, asked: Asked, activityBefore: string): StepRow {
  const { effect, accepted, exception, status } = done;
  return {
    ...step,
    ...{ asked, accepted, exception, status, activityBefore },
    activityAfter: identifierAt(done.session.course, done.session.currentActivity),
    stateHash: Buffer.from(hash, "hex"),
    delivery: effect?.type === "deliver" ? canonicalJson(effect.delivery) : null,
    durationUs: 0,
  };
}

function identifierAt(course: ActivityIndex, at: number | undefined): string {
  return at === undefined ? "" : (course.activities[at]?.identifier ?? "");
}
