import type { ObjectiveDefinition } from "../../sequencing/activity-tree.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../xml-element.ts";
import { attributeReader } from "./attribute-reader.ts";
import { given } from "./given.ts";
import type { Scorm2004Report } from "./scorm2004-rules.ts";

const IMS_FLAGS = [
  "readSatisfiedStatus",
  "readNormalizedMeasure",
  "writeSatisfiedStatus",
  "writeNormalizedMeasure",
] as const;
const ADL_FLAGS = [
  "readRawScore",
  "readMinScore",
  "readMaxScore",
  "readCompletionStatus",
  "readProgressMeasure",
  "writeRawScore",
  "writeMinScore",
  "writeMaxScore",
  "writeCompletionStatus",
  "writeProgressMeasure",
] as const;

/** Their reading is on in every map that does not turn it off, and hardly any does. */
const SCORES: ReadonlySet<string> = new Set(["readRawScore", "readMinScore", "readMaxScore"]);

type Flag = (typeof IMS_FLAGS)[number] | (typeof ADL_FLAGS)[number];
type Maps = Map<string, { readonly targetId: string } & { -readonly [flag in Flag]?: boolean }>;

interface ReadObjective {
  readonly primary: boolean;
  readonly definition: ObjectiveDefinition;
  readonly maps: Maps;
  readonly line: number;
}

/**
 * Reads `imsss:objectives` together with `adlseq:objectives` of the 4th edition: the primary objective first, and one map for each global
 * objective. Empty when the activity has none.
 */
export function readObjectives(
  ims: XmlElement | undefined,
  adl: XmlElement | undefined,
  title: string,
  report: Scorm2004Report,
): ObjectiveDefinition[] {
  const elements = (ims?.children ?? []).filter(({ name }) => name === "primaryObjective" || name === "objective");
  const taken = new Set<string>();
  const all: ReadObjective[] = [];
  for (const element of elements) {
    const objective = readObjective(element, title, report);
    const { id } = objective.definition;
    const place = { line: element.line };
    if (id !== undefined && taken.has(id)) {
      report("scorm2004.objective.id.duplicate", { title, objective: id }, place);
      continue;
    }
    if (id !== undefined) taken.add(id);
    else if (!objective.primary) report("scorm2004.objective.id.missing", { title }, place);
    else if (objective.maps.size > 0) report("scorm2004.objective.primary.map", { title }, place);
    all.push(objective);
  }
  for (const element of adl ? childrenOf(adl, "objective") : []) joinAdlMaps(element, all, title, report);
  checkMaps(all, title, report);
  return inOrder(all, title, report);
}

function inOrder(all: readonly ReadObjective[], title: string, report: Scorm2004Report): ObjectiveDefinition[] {
  if (all.length === 0) return [];
  const primary = all.find((objective) => objective.primary);
  const definitions = (primary ? [primary, ...all.filter((each) => each !== primary)] : all).map(
    ({ definition, maps }) => (maps.size > 0 ? { ...definition, maps: [...maps.values()] } : definition),
  );
  if (primary) return definitions;
  report("scorm2004.objective.primary.missing", { title }, { line: all[0]?.line });
  return [{}, ...definitions];
}

function readObjective(element: XmlElement, title: string, report: Scorm2004Report): ReadObjective {
  const reader = attributeReader(element, title, report);
  const satisfiedByMeasure = reader.flag("satisfiedByMeasure");
  const measure = childOf(element, "minNormalizedMeasure");
  const minNormalizedMeasure = measure && readMeasure(measure, title, report);
  if (minNormalizedMeasure !== undefined && satisfiedByMeasure !== true) {
    report("scorm2004.objective.measure.unused", { title }, { line: element.line });
  }
  const maps: Maps = new Map();
  for (const map of childrenOf(element, "mapInfo")) joinMap(map, IMS_FLAGS, maps, title, report);
  const definition = given({ id: reader.text("objectiveID"), satisfiedByMeasure, minNormalizedMeasure });
  return { primary: element.name === "primaryObjective", definition, maps, line: element.line };
}

function readMeasure(element: XmlElement, title: string, report: Scorm2004Report): number | undefined {
  const value = textOf(element);
  if (value === undefined) return undefined;
  const measure = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : Number.NaN;
  if (measure >= -1 && measure <= 1) return measure;
  report("scorm2004.objective.measure.value", { title, value }, { line: element.line });
  return undefined;
}

/** Adds a map; an absent `read…` is true and an absent `write…` false, as both schemas have it. */
function joinMap(
  element: XmlElement,
  flags: readonly Flag[],
  maps: Maps,
  title: string,
  report: Scorm2004Report,
): void {
  const reader = attributeReader(element, title, report);
  const target = reader.text("targetObjectiveID");
  if (target === undefined) {
    report("scorm2004.map.target.missing", { title }, { line: element.line });
    return;
  }
  // Activities may spell a global objective differently (ADL's case OB-11a), and must all mean the same.
  const targetId = plain(target);
  const map = maps.get(targetId) ?? { targetId };
  // Two maps to one target are one: what either of them shares is shared.
  for (const flag of flags) map[flag] = (reader.flag(flag) ?? flag.startsWith("read")) || map[flag] === true;
  maps.set(targetId, map);
}

function joinAdlMaps(element: XmlElement, all: readonly ReadObjective[], title: string, report: Scorm2004Report): void {
  const id = attributeReader(element, title, report).text("objectiveID");
  const definitions = all.map(({ definition }) => definition);
  const found = id === undefined ? undefined : findObjective(definitions, id);
  const owner = found === undefined ? undefined : all.find(({ definition }) => definition.id === found);
  if (owner === undefined) {
    report("scorm2004.map.objective.unknown", { title, objective: id ?? "nothing" }, { line: element.line });
    return;
  }
  for (const map of childrenOf(element, "mapInfo")) joinMap(map, ADL_FLAGS, owner.maps, title, report);
}

function checkMaps(all: readonly ReadObjective[], title: string, report: Scorm2004Report): void {
  const written = new Map<string, ReadObjective>();
  const told = new Set<string>();
  for (const objective of all) {
    const name = objective.definition.id ?? "(primary)";
    const read = new Set<string>();
    for (const map of objective.maps.values()) {
      const flags = [...IMS_FLAGS, ...ADL_FLAGS].filter((flag) => map[flag] === true);
      if (flags.some((flag) => read.has(flag) && !SCORES.has(flag)) && !told.has(name)) {
        told.add(name);
        report("scorm2004.map.read.twice", { title, objective: name }, { line: objective.line });
      }
      for (const flag of flags) {
        if (flag.startsWith("read")) read.add(flag);
        else {
          const key = `${flag} ${map.targetId}`;
          const other = written.get(key);
          if (other !== undefined && other !== objective && !told.has(map.targetId)) {
            told.add(map.targetId);
            report("scorm2004.map.write.twice", { title, target: map.targetId }, { line: objective.line });
          }
          written.set(key, objective);
        }
      }
    }
  }
}

/** The id among an activity's objectives that a reference means, undefined when there is none. */
export function findObjective(objectives: readonly ObjectiveDefinition[], reference: string): string | undefined {
  const ids = objectives.flatMap(({ id }) => (id === undefined ? [] : [id]));
  return ids.find((id) => id === reference) ?? ids.find((id) => sameUri(id, reference));
}

/** Ids are URIs: percent-encoding and blanks make no difference, as in ADL's case OB-02a. */
function sameUri(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(uri: string): string {
  let decoded = uri;
  try {
    decoded = decodeURIComponent(uri);
  } catch {
    // A percent sign that encodes nothing stands for itself.
  }
  return decoded.replace(/\s+/g, " ").trim();
}
