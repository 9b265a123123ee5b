import type { ActivityTree } from "../../sequencing/activity-tree.ts";
import type { FileIndex } from "../file-index.ts";
import { readResources } from "../scorm12/read-resources.ts";
import { attributeOf, childOf, childrenOf, textOf, titleOf, type XmlElement } from "../xml-element.ts";
import { attributeReader } from "./attribute-reader.ts";
import { checkResources } from "./check-resources.ts";
import { type DetectedEdition, fourthEditionFeature, IMSCP_SCORM2004 } from "./edition.ts";
import { given } from "./given.ts";
import { type ActivityReading, readRoot } from "./read-activity.ts";
import type { Scorm2004Report } from "./scorm2004-rules.ts";
import { readSequencingCollection } from "./sequencing-source.ts";

/** A table of contents deeper than this is remarked on. */
const DEEP = 8;

/** Reads the organization that SCORM 2004 plays (CAM 3.4.1); `undefined` when there is nothing to play, with the errors reported. */
export function readActivityTree(
  manifest: XmlElement,
  files: FileIndex,
  detected: DetectedEdition,
  fallbackTitle: string | undefined,
  report: Scorm2004Report,
): ActivityTree | undefined {
  checkDeclarations(manifest, detected, report);
  const organization = chooseOrganization(manifest, report);
  if (!organization) return undefined;
  const place = { line: organization.line };
  const written = titleOf(organization);
  const title = written ?? fallbackTitle ?? nameOf(organization);
  if (!written) report("scorm2004.organization.title.missing", { fallback: title }, place);

  const resources = readResources(manifest);
  const reading: ActivityReading = {
    edition: detected.edition,
    resources,
    collection: readSequencingCollection(manifest, report),
    files,
    report,
    identifiers: new Set(),
    titles: new Map(),
    deepest: 0,
    refers: false,
    launches: false,
  };
  const root = readRoot(organization, title, reading);
  checkResources(resources, files, (identifier) => reading.titles.get(identifier) ?? title, report);
  if (reading.deepest > DEEP) report("scorm2004.item.depth", { depth: String(reading.deepest) }, place);
  if (!root.children) {
    report("scorm2004.organization.empty", { title }, place);
    return undefined;
  }
  if (!reading.launches) {
    // A reference that leads nowhere has been reported already, and says it better.
    if (!reading.refers) report("scorm2004.organization.nothing-to-launch", { title }, place);
    return undefined;
  }
  const reader = attributeReader(organization, title, report);
  return {
    edition: detected.edition,
    ...given({
      objectivesGlobalToSystem: reader.flag("objectivesGlobalToSystem"),
      sharedDataGlobalToSystem: reader.flag("sharedDataGlobalToSystem"),
    }),
    root,
  };
}

function checkDeclarations(manifest: XmlElement, detected: DetectedEdition, report: Scorm2004Report): void {
  const metadata = childOf(manifest, "metadata");
  const version = metadata && childOf(metadata, "schemaversion");
  const { edition, source } = detected;
  if (source !== "schemaversion") {
    const line = (version ?? metadata ?? manifest).line;
    report("scorm2004.edition.assumed", { edition, version: textOf(version) ?? "not given" }, { line });
  }
  const feature = edition === "4th" ? undefined : fourthEditionFeature(manifest);
  if (feature) {
    const { prefix, name, line } = feature;
    report("scorm2004.edition.feature", { element: prefix ? `${prefix}:${name}` : name, edition }, { line });
  }
  if (manifest.namespace !== IMSCP_SCORM2004) {
    report("scorm2004.namespace", { namespace: manifest.namespace || "nothing" }, { line: manifest.line });
  }
  if (!attributeOf(manifest, "identifier")?.trim()) report("manifest.identifier.missing", {}, { line: manifest.line });
  const inner = childOf(manifest, "manifest");
  if (inner) report("scorm2004.submanifest", {}, { line: inner.line });
}

function chooseOrganization(manifest: XmlElement, report: Scorm2004Report): XmlElement | undefined {
  const parent = childOf(manifest, "organizations");
  const all = parent ? childrenOf(parent, "organization") : [];
  const first = all[0];
  if (!parent || !first) {
    report("scorm2004.organizations.missing", {}, { line: (parent ?? manifest).line });
    return undefined;
  }
  const place = { line: parent.line };
  const wanted = attributeOf(parent, "default")?.trim();
  const chosen = all.find((each) => wanted !== undefined && attributeOf(each, "identifier")?.trim() === wanted);
  if (!wanted) report("scorm2004.organization.default.missing", { title: nameOf(first) }, place);
  else if (!chosen) {
    report("scorm2004.organization.default.unknown", { identifier: wanted, title: nameOf(first) }, place);
  }
  const played = chosen ?? first;
  if (all.length > 1) {
    report("scorm2004.organization.others", { count: String(all.length), title: nameOf(played) }, place);
  }
  return played;
}

function nameOf(organization: XmlElement): string {
  return titleOf(organization) ?? attributeOf(organization, "identifier")?.trim() ?? "Untitled course";
}
