import type { ActivityOutline } from "../../course/course-outline.ts";
import { parsePrerequisites } from "../../course/prerequisites.ts";
import type { FileIndex } from "../file-index.ts";
import type { Report } from "../finding.ts";
import type { ManifestRuleId } from "../manifest-rules.ts";
import { readResourceLaunch } from "../read-resource-launch.ts";
import { attributeOf, childrenOf, titleOf, type XmlElement } from "../xml-element.ts";
import { readItemData } from "./read-item-data.ts";
import type { Resource } from "./read-resources.ts";
import type { Scorm12RuleId } from "./scorm12-rules.ts";

/** What reading the items needs to know, and what it learns for the checks after it. */
export interface ItemReading {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly files: FileIndex;
  readonly report: Report<Scorm12RuleId | ManifestRuleId>;
  /** Identifiers given to items so far. */
  readonly identifiers: Set<string>;
  /** Title of the first item that uses a resource. */
  readonly titles: Map<string, string>;
  /** Prerequisites to be compared with the identifiers once all are known. */
  readonly scripts: { readonly script: string; readonly title: string; readonly line: number }[];
  deepest: number;
  /** Some item has an `identifierref`, whether it leads anywhere or not. */
  refers: boolean;
}

/** Reads the items below an organization or an item. */
export function readItems(parent: XmlElement, depth: number, reading: ItemReading): ActivityOutline[] {
  const items = childrenOf(parent, "item");
  if (items.length > 0) reading.deepest = Math.max(reading.deepest, depth);
  return items.map((item) => readItem(item, depth, reading));
}

function readItem(item: XmlElement, depth: number, reading: ItemReading): ActivityOutline {
  const { report } = reading;
  const place = { line: item.line };
  const reference = attributeOf(item, "identifierref")?.trim() ?? "";
  const resource = reading.resources.get(reference);
  const written = attributeOf(item, "identifier")?.trim() ?? "";
  const title = titleOf(item) ?? (written || resource?.href || `Item ${reading.identifiers.size + 1}`);
  const identifier = uniqueIdentifier(written || `item-${reading.identifiers.size + 1}`, reading.identifiers);
  if (written === "") report("scorm12.item.identifier.missing", { title, renamed: identifier }, place);
  else if (identifier !== written) {
    report("manifest.identifier.duplicate", { identifier: written, renamed: identifier }, place);
  }
  if (!titleOf(item)) {
    report("scorm12.item.title.missing", { identifier, fallback: title }, place);
  }
  if (resource && !reading.titles.has(reference)) reading.titles.set(reference, title);
  if (reference !== "") reading.refers = true;
  if (reference !== "" && !resource) report("scorm12.item.resource.unknown", { title, reference }, place);
  const launch =
    resource &&
    readResourceLaunch(item, title, resource, reading.files, "scormtype", (rule, params, place) =>
      report(`scorm12.resource.${rule}`, params, place),
    );

  const scorm12 = readItemData(item, title, report);
  if (scorm12?.prerequisites) reading.scripts.push({ script: scorm12.prerequisites, title, line: item.line });
  const children = readItems(item, depth + 1, reading);
  if (reference === "" && children.length === 0) report("scorm12.item.resource.missing", { title }, place);
  return {
    identifier,
    title,
    visible: readVisible(item, title, report),
    ...(launch ? { launch } : {}),
    ...(scorm12 ? { scorm12 } : {}),
    children,
  };
}

/** Reports the identifiers in prerequisites that no item has. */
export function checkPrerequisiteIdentifiers(reading: ItemReading): void {
  for (const { script, title, line } of reading.scripts) {
    const parsed = parsePrerequisites(script);
    const named = parsed.ok ? parsed.identifiers.map(({ identifier }) => identifier) : [];
    for (const identifier of new Set(named)) {
      if (!reading.identifiers.has(identifier)) {
        reading.report("scorm12.prerequisites.unknown", { title, identifier }, { line });
      }
    }
  }
}

function readVisible(item: XmlElement, title: string, report: ItemReading["report"]): boolean {
  const value = attributeOf(item, "isvisible")?.trim();
  if (value === undefined || value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  if (value.toLowerCase() === "false") return false;
  if (value.toLowerCase() !== "true") report("scorm12.item.isvisible", { title, value }, { line: item.line });
  return true;
}

function uniqueIdentifier(wanted: string, taken: Set<string>): string {
  let identifier = wanted;
  for (let copy = 2; taken.has(identifier); copy += 1) identifier = `${wanted}-${copy}`;
  taken.add(identifier);
  return identifier;
}
