import type {
  ActivityDefinition,
  ActivityTree,
  ControlMode,
  DeliveryControls,
  ObjectiveMap,
  PreConditionAction,
  RollupConsiderations,
  RollupControls,
  RollupRule,
  SequencingRule,
} from "./activity-tree.ts";
import type { ObjectiveProgress } from "./tracking.ts";

/** A definition with its defaults filled in and its neighbours at hand. Made once for each course version, never changed, never stored. */
export interface Activity {
  /** Place in a walk through the whole tree that visits parents first: the key of tracking data. */
  readonly index: number;
  readonly identifier: string;
  readonly definition: ActivityDefinition;
  readonly parent: Activity | undefined;
  readonly children: readonly Activity[];
  /** Place among the children of the parent. */
  readonly position: number;
  /** 0 for the root. */
  readonly depth: number;
  /** Index of its last descendant, its own for a leaf. */
  readonly lastIndex: number;
  readonly controlMode: Required<ControlMode>;
  readonly preventActivation: boolean;
  readonly constrainChoice: boolean;
  readonly preConditionRules: Readonly<Record<PreConditionAction, readonly SequencingRule[]>>;
  readonly exitConditionRules: readonly SequencingRule[];
  readonly postConditionRules: readonly SequencingRule[];
  readonly rollupRules: readonly RollupRule[];
  readonly rollupControls: Required<RollupControls>;
  readonly considerations: Required<RollupConsiderations>;
  /** The primary one, which contributes to roll-up, is the first; there is always one. */
  readonly objectives: readonly Objective[];
  readonly primaryObjective: Objective;
  readonly deliveryControls: Required<DeliveryControls>;
  readonly completedByMeasure: boolean;
  readonly minProgressMeasure: number;
  readonly progressWeight: number;
}

/** An objective of one activity; global objectives are numbers into `ActivityIndex.globalObjectives`. */
export interface Objective {
  readonly position: number;
  readonly id: string | undefined;
  readonly satisfiedByMeasure: boolean;
  readonly minNormalizedMeasure: number;
  readonly reads: Readonly<Partial<Record<ObjectiveField, number>>>;
  readonly writes: Readonly<Partial<Record<ObjectiveField, readonly number[]>>>;
}

export type ObjectiveField = keyof ObjectiveProgress;

/** A course version made ready for the core. */
export interface ActivityIndex {
  readonly tree: ActivityTree;
  readonly root: Activity;
  /** Every activity at its index. */
  readonly activities: readonly Activity[];
  readonly byIdentifier: ReadonlyMap<string, Activity>;
  /** Ids of the global objectives. */
  readonly globalObjectives: readonly string[];
  /** For each global objective the activities whose primary objective reads it: their parents roll up when it changes. */
  readonly readers: readonly (readonly Activity[])[];
}

const mapFields: readonly (readonly [ObjectiveField, keyof ObjectiveMap, keyof ObjectiveMap, extended: boolean])[] = [
  ["satisfied", "readSatisfiedStatus", "writeSatisfiedStatus", false],
  ["measure", "readNormalizedMeasure", "writeNormalizedMeasure", false],
  ["completed", "readCompletionStatus", "writeCompletionStatus", true],
  ["completionAmount", "readProgressMeasure", "writeProgressMeasure", true],
  ["scoreRaw", "readRawScore", "writeRawScore", true],
  ["scoreMin", "readMinScore", "writeMinScore", true],
  ["scoreMax", "readMaxScore", "writeMaxScore", true],
];

const noRules: readonly never[] = [];
const noMaps = {};
const plainRules = { skip: noRules, disabled: noRules, hiddenFromChoice: noRules, stopForwardTraversal: noRules };
const plainObjective: Objective = {
  position: 0,
  id: undefined,
  satisfiedByMeasure: false,
  minNormalizedMeasure: 1,
  reads: noMaps,
  writes: noMaps,
};

/** Builds the index of a tree; `extendedMaps` is the behaviour flag `extendedObjectiveMaps`. */
export function indexActivities(tree: ActivityTree, extendedMaps: boolean): ActivityIndex {
  const activities: Activity[] = [];
  const byIdentifier = new Map<string, Activity>();
  const globals = new Map<string, number>();
  const readers: Activity[][] = [];
  const globalOf = (id: string) => {
    const known = globals.get(id);
    if (known !== undefined) return known;
    globals.set(id, globals.size);
    readers.push([]);
    return globals.size - 1;
  };

  const add = (definition: ActivityDefinition, parent: Activity | undefined, position: number): Activity => {
    const children: Activity[] = [];
    const activity: Activity & { lastIndex: number } = {
      ...resolved(definition, extendedMaps, globalOf),
      index: activities.length,
      parent,
      children,
      position,
      depth: parent === undefined ? 0 : parent.depth + 1,
      lastIndex: activities.length,
    };
    activities.push(activity);
    byIdentifier.set(activity.identifier, activity);
    for (const global of new Set(rolledUpReads(activity))) readers[global]?.push(activity);
    definition.children?.forEach((child, at) => {
      children.push(add(child, activity, at));
    });
    activity.lastIndex = activities.length - 1;
    return activity;
  };
  const root = add(tree.root, undefined, 0);
  return { tree, root, activities, byIdentifier, globalObjectives: [...globals.keys()], readers };
}

function rolledUpReads({ primaryObjective: { reads } }: Activity): number[] {
  const fields = [reads.satisfied, reads.measure, reads.completed, reads.completionAmount];
  return fields.filter((global) => global !== undefined);
}

type Neighbourless = Omit<Activity, "index" | "parent" | "children" | "position" | "depth" | "lastIndex">;

function resolved(
  definition: ActivityDefinition,
  extendedMaps: boolean,
  globalOf: (id: string) => number,
): Neighbourless {
  const { sequencing = {}, completionThreshold } = definition;
  const [primaryObjective = plainObjective, ...others] = (sequencing.objectives ?? []).map(
    (objective, position): Objective => ({
      position,
      id: objective.id,
      satisfiedByMeasure: objective.satisfiedByMeasure ?? false,
      minNormalizedMeasure: objective.minNormalizedMeasure ?? 1,
      ...mapped(objective.maps ?? noRules, extendedMaps, globalOf),
    }),
  );
  const rules = sequencing.preConditionRules ?? noRules;
  return {
    identifier: definition.identifier,
    definition,
    controlMode: {
      choice: sequencing.controlMode?.choice ?? true,
      choiceExit: sequencing.controlMode?.choiceExit ?? true,
      flow: sequencing.controlMode?.flow ?? false,
      forwardOnly: sequencing.controlMode?.forwardOnly ?? false,
      useCurrentAttemptObjectiveInfo: sequencing.controlMode?.useCurrentAttemptObjectiveInfo ?? true,
      useCurrentAttemptProgressInfo: sequencing.controlMode?.useCurrentAttemptProgressInfo ?? true,
    },
    preventActivation: sequencing.constrainedChoice?.preventActivation ?? false,
    constrainChoice: sequencing.constrainedChoice?.constrainChoice ?? false,
    preConditionRules:
      rules.length === 0
        ? plainRules
        : {
            skip: rules.filter(({ action }) => action === "skip"),
            disabled: rules.filter(({ action }) => action === "disabled"),
            hiddenFromChoice: rules.filter(({ action }) => action === "hiddenFromChoice"),
            stopForwardTraversal: rules.filter(({ action }) => action === "stopForwardTraversal"),
          },
    exitConditionRules: sequencing.exitConditionRules ?? noRules,
    postConditionRules: sequencing.postConditionRules ?? noRules,
    rollupRules: sequencing.rollupRules ?? noRules,
    rollupControls: {
      rollupObjectiveSatisfied: sequencing.rollupControls?.rollupObjectiveSatisfied ?? true,
      rollupProgressCompletion: sequencing.rollupControls?.rollupProgressCompletion ?? true,
      objectiveMeasureWeight: sequencing.rollupControls?.objectiveMeasureWeight ?? 1,
    },
    considerations: {
      requiredForSatisfied: sequencing.rollupConsiderations?.requiredForSatisfied ?? "always",
      requiredForNotSatisfied: sequencing.rollupConsiderations?.requiredForNotSatisfied ?? "always",
      requiredForCompleted: sequencing.rollupConsiderations?.requiredForCompleted ?? "always",
      requiredForIncomplete: sequencing.rollupConsiderations?.requiredForIncomplete ?? "always",
      measureSatisfactionIfActive: sequencing.rollupConsiderations?.measureSatisfactionIfActive ?? true,
    },
    objectives: [primaryObjective, ...others],
    primaryObjective,
    deliveryControls: {
      tracked: sequencing.deliveryControls?.tracked ?? true,
      completionSetByContent: sequencing.deliveryControls?.completionSetByContent ?? false,
      objectiveSetByContent: sequencing.deliveryControls?.objectiveSetByContent ?? false,
    },
    completedByMeasure: extendedMaps && (completionThreshold?.completedByMeasure ?? false),
    minProgressMeasure: completionThreshold?.minProgressMeasure ?? 1,
    progressWeight: completionThreshold?.progressWeight ?? 1,
  };
}

function mapped(maps: readonly ObjectiveMap[], extendedMaps: boolean, globalOf: (id: string) => number) {
  if (maps.length === 0) return { reads: noMaps, writes: noMaps };
  const reads: Partial<Record<ObjectiveField, number>> = {};
  const writes: Partial<Record<ObjectiveField, number[]>> = {};
  for (const map of maps) {
    const global = globalOf(map.targetId);
    for (const [field, read, write, extended] of mapFields) {
      if (extended && !extendedMaps) continue;
      if (map[read]) reads[field] = global;
      if (map[write]) writes[field] = [...(writes[field] ?? []), global];
    }
  }
  return { reads, writes };
}
