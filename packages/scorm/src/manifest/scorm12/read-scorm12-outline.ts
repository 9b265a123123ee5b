import { type CourseOutline, leavesOf } from "../../course/course-outline.ts";
import type { FileIndex } from "../file-index.ts";
import type { Report } from "../finding.ts";
import type { ManifestRuleId } from "../manifest-rules.ts";
import { attributeOf, childOf, childrenOf, titleOf, type XmlElement } from "../xml-element.ts";
import { checkPrerequisiteIdentifiers, type ItemReading, readItems } from "./read-items.ts";
import { checkResources, readResources } from "./read-resources.ts";
import type { Scorm12RuleId } from "./scorm12-rules.ts";

/** A table of contents deeper than this is remarked on. */
const DEEP = 8;

/** Reads the organization that SCORM 1.2 plays (CAM 2.3.2.2); `undefined` when there is nothing to play, with the errors reported. */
export function readScorm12Outline(
  manifest: XmlElement,
  files: FileIndex,
  fallbackTitle: string | undefined,
  report: Report<Scorm12RuleId | ManifestRuleId>,
): CourseOutline | undefined {
  const resources = readResources(manifest);
  const organization = chooseOrganization(manifest, report);
  if (!organization) return undefined;
  const place = { line: organization.line };
  const manifestIdentifier = attributeOf(manifest, "identifier")?.trim() ?? "";
  if (manifestIdentifier === "") report("manifest.identifier.missing", {}, { line: manifest.line });
  const written = titleOf(organization);
  const title = written ?? fallbackTitle ?? nameOf(organization);
  if (!written) report("scorm12.organization.title.missing", { fallback: title }, place);

  const reading: ItemReading = {
    resources,
    files,
    report,
    identifiers: new Set(),
    titles: new Map(),
    scripts: [],
    deepest: 0,
    refers: false,
  };
  const activities = readItems(organization, 1, reading);
  checkPrerequisiteIdentifiers(reading);
  checkResources(resources, files, (identifier) => reading.titles.get(identifier) ?? title, report);
  if (reading.deepest > DEEP) report("scorm12.item.depth", { depth: String(reading.deepest) }, place);
  if (activities.length === 0) {
    report("scorm12.organization.empty", { title }, place);
    return undefined;
  }
  // A reference that leads nowhere has been reported already, and says it better.
  if (leavesOf(activities).length === 0 && !reading.refers) {
    report("scorm12.organization.nothing-to-launch", { title }, place);
    return undefined;
  }
  return {
    standard: "scorm12",
    manifestIdentifier,
    organizationIdentifier: attributeOf(organization, "identifier")?.trim() ?? "",
    title,
    activities,
  };
}

function chooseOrganization(
  manifest: XmlElement,
  report: Report<Scorm12RuleId | ManifestRuleId>,
): XmlElement | undefined {
  const parent = childOf(manifest, "organizations");
  const all = parent ? childrenOf(parent, "organization") : [];
  const first = all[0];
  if (!parent || !first) {
    report("scorm12.organizations.missing", {}, { line: (parent ?? manifest).line });
    return undefined;
  }
  const wanted = attributeOf(parent, "default")?.trim();
  const chosen = all.find((each) => wanted !== undefined && attributeOf(each, "identifier")?.trim() === wanted);
  if (!wanted) report("scorm12.organization.default.missing", { title: nameOf(first) }, { line: parent.line });
  else if (!chosen) {
    report("scorm12.organization.default.unknown", { identifier: wanted, title: nameOf(first) }, { line: parent.line });
  }
  const played = chosen ?? first;
  if (all.length > 1) {
    report("scorm12.organization.others", { count: String(all.length), title: nameOf(played) }, { line: parent.line });
  }
  return played;
}

function nameOf(organization: XmlElement): string {
  return titleOf(organization) ?? attributeOf(organization, "identifier")?.trim() ?? "Untitled course";
}
