import type { ActivityDefinition, Edition } from "../../sequencing/activity-tree.ts";
import type { FileIndex } from "../file-index.ts";
import { readResourceLaunch } from "../read-resource-launch.ts";
import type { Resource } from "../scorm12/read-resources.ts";
import { attributeOf, childrenOf, titleOf, type XmlElement } from "../xml-element.ts";
import { attributeReader } from "./attribute-reader.ts";
import { given } from "./given.ts";
import { readItemData } from "./read-item-data.ts";
import { readSequencing } from "./read-sequencing.ts";
import type { Scorm2004Report } from "./scorm2004-rules.ts";
import { type SequencingCollection, sequencingSource } from "./sequencing-source.ts";

/** What reading the activities needs to know, and what it learns for the checks after it. */
export interface ActivityReading {
  readonly edition: Edition;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly collection: SequencingCollection;
  readonly files: FileIndex;
  readonly report: Scorm2004Report;
  /** Identifiers given to activities so far. */
  readonly identifiers: Set<string>;
  /** Title of the first item that uses a resource. */
  readonly titles: Map<string, string>;
  deepest: number;
  /** Some item has an `identifierref`, whether it leads anywhere or not. */
  refers: boolean;
  /** Some item can be launched. */
  launches: boolean;
}

/** The organization as the root activity. */
export function readRoot(organization: XmlElement, title: string, reading: ActivityReading): ActivityDefinition {
  const written = attributeOf(organization, "identifier")?.trim() || "organization";
  const identifier = uniqueIdentifier(written, reading.identifiers);
  return { identifier, title, ...readWithin(organization, title, 0, reading) };
}

function readItem(item: XmlElement, depth: number, reading: ActivityReading): ActivityDefinition {
  const { report, identifiers } = reading;
  const place = { line: item.line };
  reading.deepest = Math.max(reading.deepest, depth);
  const reference = attributeOf(item, "identifierref")?.trim() ?? "";
  const found = reading.resources.get(reference);
  const written = attributeOf(item, "identifier")?.trim() ?? "";
  const title = titleOf(item) ?? (written || found?.href || `Item ${identifiers.size}`);
  const identifier = uniqueIdentifier(written || `item-${identifiers.size}`, identifiers);
  if (written === "") report("scorm2004.item.identifier.missing", { title, renamed: identifier }, place);
  else if (identifier !== written) {
    report("manifest.identifier.duplicate", { identifier: written, renamed: identifier }, place);
  }
  if (!titleOf(item)) report("scorm2004.item.title.missing", { identifier, fallback: title }, place);
  if (found && !reading.titles.has(reference)) reading.titles.set(reference, title);

  const visible = attributeReader(item, title, report).flag("isvisible");
  const within = readWithin(item, title, depth, reading);
  const resource = within.children ? undefined : readLeaf(item, title, reference, found, reading);
  if (within.children && reference !== "") {
    reading.refers = true;
    report("scorm2004.item.cluster.resource", { title, reference }, place);
  }
  return {
    identifier,
    title,
    ...given({ visible, resource }),
    ...readItemData(item, title, reading.edition, report),
    ...within,
  };
}

function readLeaf(
  item: XmlElement,
  title: string,
  reference: string,
  found: Resource | undefined,
  reading: ActivityReading,
): ActivityDefinition["resource"] {
  const place = { line: item.line };
  if (reference === "") {
    reading.report("scorm2004.item.resource.missing", { title }, place);
    return undefined;
  }
  reading.refers = true;
  if (found === undefined) {
    reading.report("scorm2004.item.resource.unknown", { title, reference }, place);
    return undefined;
  }
  const resource = readResourceLaunch(item, title, found, reading.files, "scormType", (rule, params, place) =>
    reading.report(`scorm2004.resource.${rule}`, params, place),
  );
  if (resource) reading.launches = true;
  return resource;
}

/** Sequencing and items of an activity. */
function readWithin(
  element: XmlElement,
  title: string,
  depth: number,
  reading: ActivityReading,
): Pick<ActivityDefinition, "sequencing" | "children"> {
  const items = childrenOf(element, "item");
  const source = sequencingSource(element, title, reading.collection, reading.report);
  const sequencing = readSequencing(source, title, items.length, reading.report);
  const children = items.map((item) => readItem(item, depth + 1, reading));
  return given({ sequencing, children: children.length > 0 ? children : undefined });
}

function uniqueIdentifier(wanted: string, taken: Set<string>): string {
  let identifier = wanted;
  for (let copy = 2; taken.has(identifier); copy += 1) identifier = `${wanted}-${copy}`;
  taken.add(identifier);
  return identifier;
}
