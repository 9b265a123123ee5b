import type {
  ActivityDefinition,
  ActivityTree,
  ObjectiveDefinition,
  ObjectiveMap,
  RollupRule,
  SequencingDefinition,
  SequencingRule,
} from "@coursemesh/scorm/sequencing/activity-tree.ts";
import { XmlDocument, XmlElement, type XmlTreeNode } from "libxml2-wasm";

/** Reads the manifest of an ADL case as an activity tree: what these manifests use, without a check. */
export function readCaseManifest(text: string): ActivityTree {
  const document = XmlDocument.fromString(text);
  try {
    const manifest = document.root;
    const organization = one(one(manifest, "organizations"), "organization");
    const resources = new Map(all(one(manifest, "resources"), "resource").map((it) => [attr(it, "identifier"), it]));
    const collection = new Map(
      all(one(manifest, "sequencingCollection"), "sequencing").map((it) => [attr(it, "ID"), it]),
    );
    const objectivesGlobalToSystem = boolean(attr(organization, "objectivesGlobalToSystem"));
    const sharedDataGlobalToSystem = boolean(attr(organization, "sharedDataGlobalToSystem"));
    return prune({
      edition: "4th" as const,
      objectivesGlobalToSystem,
      sharedDataGlobalToSystem,
      root: activity(organization, resources, collection),
    }) as unknown as ActivityTree;
  } finally {
    document.dispose();
  }
}

type Element = XmlElement | undefined;
type Named = ReadonlyMap<string | undefined, XmlElement>;

function activity(item: Element, resources: Named, collection: Named): ActivityDefinition {
  const resource = resources.get(attr(item, "identifierref"));
  const threshold = one(item, "completionThreshold");
  const href = `${attr(resource, "base") ?? ""}${attr(resource, "href") ?? ""}${attr(item, "parameters") ?? ""}`;
  return prune({
    identifier: attr(item, "identifier") ?? "",
    title: one(item, "title")?.content.trim() ?? "",
    visible: boolean(attr(item, "isvisible")),
    resource: resource && { href, type: attr(resource, "scormType") === "sco" ? "sco" : "asset" },
    timeLimitAction: one(item, "timeLimitAction")?.content.trim(),
    dataFromLms: one(item, "dataFromLMS")?.content.trim(),
    completionThreshold: threshold && {
      completedByMeasure: boolean(attr(threshold, "completedByMeasure")),
      minProgressMeasure: number(attr(threshold, "minProgressMeasure")),
      progressWeight: number(attr(threshold, "progressWeight")),
    },
    dataMaps: all(one(item, "data"), "map").map((map) => ({
      targetId: attr(map, "targetID"),
      readSharedData: boolean(attr(map, "readSharedData")),
      writeSharedData: boolean(attr(map, "writeSharedData")),
    })),
    hideLmsUi: all(one(one(item, "presentation"), "navigationInterface"), "hideLMSUI").map((it) => it.content.trim()),
    sequencing: sequencing(item, collection),
    children: all(item, "item").map((child) => activity(child, resources, collection)),
  }) as unknown as ActivityDefinition;
}

function sequencing(item: Element, collection: Named): SequencingDefinition | undefined {
  const own = one(item, "sequencing");
  if (own === undefined) return undefined;
  const shared = collection.get(attr(own, "IDRef"));
  // An element that the item has itself replaces the one of the collection.
  const part = (name: string, vocabulary = "") =>
    all(own, name).find((it) => it.namespaceUri.includes(vocabulary)) ??
    all(shared, name).find((it) => it.namespaceUri.includes(vocabulary));
  const control = part("controlMode");
  const limits = part("limitConditions");
  const rollup = part("rollupRules");
  const considerations = part("rollupConsiderations");
  const constrained = part("constrainedChoiceConsiderations");
  const delivery = part("deliveryControls");
  const rules = part("sequencingRules");
  return prune({
    controlMode: control && flags(control),
    constrainedChoice: constrained && flags(constrained),
    preConditionRules: all(rules, "preConditionRule").map(rule),
    exitConditionRules: all(rules, "exitConditionRule").map(rule),
    postConditionRules: all(rules, "postConditionRule").map(rule),
    limitConditions: limits && {
      attemptLimit: number(attr(limits, "attemptLimit")),
      attemptAbsoluteDurationLimit: seconds(attr(limits, "attemptAbsoluteDurationLimit")),
      attemptAbsoluteDurationLimitText: attr(limits, "attemptAbsoluteDurationLimit"),
    },
    rollupRules: all(rollup, "rollupRule").map(rollupRule),
    rollupControls: rollup && {
      rollupObjectiveSatisfied: boolean(attr(rollup, "rollupObjectiveSatisfied")),
      rollupProgressCompletion: boolean(attr(rollup, "rollupProgressCompletion")),
      objectiveMeasureWeight: number(attr(rollup, "objectiveMeasureWeight")),
    },
    rollupConsiderations: considerations && flags(considerations),
    objectives: objectives(part("objectives", "imsss"), part("objectives", "adlseq")),
    deliveryControls: delivery && flags(delivery),
  }) as SequencingDefinition;
}

function rule(element: XmlElement): SequencingRule {
  const conditions = one(element, "ruleConditions");
  return prune({
    action: attr(one(element, "ruleAction"), "action"),
    combination: attr(conditions, "conditionCombination"),
    conditions: all(conditions, "ruleCondition").map((it) => ({
      condition: attr(it, "condition"),
      operator: attr(it, "operator"),
      objective: attr(it, "referencedObjective"),
      measureThreshold: number(attr(it, "measureThreshold")),
    })),
  }) as unknown as SequencingRule;
}

function rollupRule(element: XmlElement): RollupRule {
  const conditions = one(element, "rollupConditions");
  return prune({
    action: attr(one(element, "rollupAction"), "action"),
    childActivitySet: attr(element, "childActivitySet"),
    minimumCount: number(attr(element, "minimumCount")),
    minimumPercent: number(attr(element, "minimumPercent")),
    combination: attr(conditions, "conditionCombination"),
    conditions: all(conditions, "rollupCondition").map((it) => ({
      condition: attr(it, "condition"),
      operator: attr(it, "operator"),
    })),
  }) as unknown as RollupRule;
}

function objectives(imsss: Element, adlseq: Element): ObjectiveDefinition[] {
  const primary = one(imsss, "primaryObjective");
  const elements = [...(primary ? [primary] : []), ...all(imsss, "objective")];
  const read = elements.map((element) => {
    const id = attr(element, "objectiveID");
    const extended = all(adlseq, "objective").find((it) => attr(it, "objectiveID") === id);
    const maps = new Map<string, ObjectiveMap>();
    const imsMaps = all(element, "mapInfo").map((it) => ({
      readSatisfiedStatus: true,
      readNormalizedMeasure: true,
      ...flags(it),
    }));
    const adlMaps = all(extended, "mapInfo").map((it) => ({
      readRawScore: true,
      readMinScore: true,
      readMaxScore: true,
      readCompletionStatus: true,
      readProgressMeasure: true,
      ...flags(it),
    }));
    for (const map of [...imsMaps, ...adlMaps] as unknown as (ObjectiveMap & { targetObjectiveID: string })[]) {
      const { targetObjectiveID: targetId, ...values } = map;
      maps.set(targetId, { ...maps.get(targetId), ...values, targetId });
    }
    return {
      id,
      satisfiedByMeasure: boolean(attr(element, "satisfiedByMeasure")),
      minNormalizedMeasure: number(one(element, "minNormalizedMeasure")?.content),
      maps: [...maps.values()],
    };
  });
  return (primary || read.length === 0 ? read : [{}, ...read]) as ObjectiveDefinition[];
}

/** Attributes of an element, "true" and "false" as booleans. */
function flags(element: XmlElement): Record<string, string | boolean> {
  return Object.fromEntries(element.attrs.map(({ name, value }) => [name, boolean(value.trim()) ?? value.trim()]));
}

function all(element: Element, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (let child: XmlTreeNode | null = element?.firstChild ?? null; child; child = child.next) {
    if (child instanceof XmlElement && child.name === name) found.push(child);
  }
  return found;
}

function one(element: Element, name: string): Element {
  return all(element, name)[0];
}

function attr(element: Element, name: string): string | undefined {
  return element?.attrs.find((it) => it.name === name)?.value.trim();
}

function boolean(text: string | undefined): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** A duration of ISO 8601 in seconds, with years and months of a mean length. */
function seconds(text: string | undefined): number | undefined {
  const match = /^P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)DT?)?T?(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?$/.exec(
    text ?? "",
  );
  if (match === null) return undefined;
  const lengths = [31_557_600, 2_629_800, 86_400, 3600, 60, 1];
  return lengths.reduce((sum, length, at) => sum + length * Number(match[at + 1] ?? 0), 0);
}

function prune(value: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value, (_, it) => (Array.isArray(it) && it.length === 0 ? undefined : it)));
}
