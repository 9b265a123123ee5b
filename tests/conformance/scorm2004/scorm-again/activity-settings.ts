import type { ActivityDefinition, SequencingDefinition } from "@coursemesh/scorm/sequencing/activity-tree.ts";

/** scorm-again's form of an activity: its `ActivitySettings`, which the package does not export. */
export interface ActivitySettings {
  readonly id: string;
  readonly [setting: string]: unknown;
}

/** An activity as scorm-again 3.4 wants it; what its settings have no word for is left out (see `scorm-again-system.ts`). */
export function activitySettings(activity: ActivityDefinition): ActivitySettings {
  const { identifier, title, visible, completionThreshold, dataMaps, hideLmsUi, timeLimitAction } = activity;
  const { sequencing = {}, children } = activity;
  const { limitConditions, deliveryControls, rollupConsiderations } = sequencing;
  return {
    id: identifier,
    title,
    ...(visible !== undefined && { isVisible: visible }),
    ...(completionThreshold && { completionThreshold }),
    ...(hideLmsUi && { hideLmsUi }),
    ...(timeLimitAction && { timeLimitAction }),
    ...(limitConditions?.attemptLimit !== undefined && { attemptLimit: limitConditions.attemptLimit }),
    ...(deliveryControls && { deliveryControls }),
    ...(rollupConsiderations && { rollupConsiderations }),
    ...objectiveSettings(sequencing),
    sequencingControls: controlSettings(sequencing),
    sequencingRules: ruleSettings(sequencing),
    rollupRules: rollupSettings(sequencing),
    ...(dataMaps && {
      sharedDataMaps: dataMaps.map(({ targetId, readSharedData = true, writeSharedData = true }) => ({
        targetID: targetId,
        readSharedData,
        writeSharedData,
      })),
    }),
    ...(children && { children: children.map(activitySettings) }),
  };
}

function objectiveSettings({ objectives = [] }: SequencingDefinition) {
  const [primary, ...others] = objectives.map(({ id = "", maps, ...objective }, at) => ({
    objectiveID: id,
    isPrimary: at === 0,
    ...objective,
    ...(maps && { mapInfo: maps.map(({ targetId, ...map }) => ({ targetObjectiveID: targetId, ...map })) }),
  }));
  return { ...(primary && { primaryObjective: primary }), ...(others.length > 0 && { objectives: others }) };
}

function controlSettings(sequencing: SequencingDefinition) {
  const { controlMode, constrainedChoice, rollupControls, selection, randomization, deliveryControls } = sequencing;
  return {
    // The book's defaults; scorm-again's own differ in flow.
    choice: true,
    choiceExit: true,
    flow: false,
    forwardOnly: false,
    ...controlMode,
    ...constrainedChoice,
    ...rollupControls,
    ...deliveryControls,
    ...(selection && { selectionTiming: selection.timing ?? "never", selectCount: selection.count ?? null }),
    ...(randomization && {
      randomizationTiming: randomization.timing ?? "never",
      randomizeChildren: randomization.reorderChildren ?? false,
      reorderChildren: randomization.reorderChildren ?? false,
    }),
  };
}

function ruleSettings({ preConditionRules, exitConditionRules, postConditionRules }: SequencingDefinition) {
  const rules = (list: SequencingDefinition["preConditionRules" | "exitConditionRules" | "postConditionRules"]) =>
    (list ?? []).map(({ action, combination = "all", conditions }) => ({
      action,
      conditionCombination: combination,
      conditions: conditions.map(({ condition, operator, objective, measureThreshold }) => ({
        condition,
        ...(operator === "not" && { operator }),
        ...(objective !== undefined && { referencedObjective: objective }),
        ...(measureThreshold !== undefined && { parameters: { threshold: measureThreshold } }),
      })),
    }));
  return {
    preConditionRules: rules(preConditionRules),
    exitConditionRules: rules(exitConditionRules),
    postConditionRules: rules(postConditionRules),
  };
}

function rollupSettings({ rollupRules = [] }: SequencingDefinition) {
  return {
    rules: rollupRules.map((rule) => ({
      action: rule.action,
      conditionCombination: rule.combination ?? "any",
      consideration: rule.childActivitySet ?? "all",
      minimumCount: rule.minimumCount ?? 0,
      // A share in our tree, a percentage in theirs.
      minimumPercent: (rule.minimumPercent ?? 0) * 100,
      conditions: rule.conditions.map(({ condition, operator = "noOp" }) => ({
        condition: condition === "activityProgressKnown" ? "progressKnown" : condition,
        operator,
      })),
    })),
  };
}
