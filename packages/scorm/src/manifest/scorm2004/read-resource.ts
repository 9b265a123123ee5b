import type { ActivityResource } from "../../sequencing/activity-tree.ts";
import { appendParameters } from "../append-parameters.ts";
import type { FileIndex } from "../file-index.ts";
import { encodePath, type ResolvedFile, resolveHref } from "../resolve-href.ts";
import type { Resource } from "../scorm12/read-resources.ts";
import { attributeOf, childrenOf, type XmlElement } from "../xml-element.ts";
import type { Scorm2004Report } from "./scorm2004-rules.ts";

/** What an item launches; `undefined` (with an error reported) when its resource cannot be opened. */
export function readResource(
  item: XmlElement,
  title: string,
  resource: Resource,
  files: FileIndex,
  report: Scorm2004Report,
): ActivityResource | undefined {
  const { href, identifier, bases } = resource;
  const place = { line: resource.element.line };
  if (href === undefined) {
    report("scorm2004.resource.href.missing", { identifier, title }, place);
    return undefined;
  }
  const parameters = attributeOf(item, "parameters");
  const target = resolveHref(href, bases, files);
  switch (target.kind) {
    case "outside":
      report("scorm2004.resource.href.outside", { href, title }, place);
      return undefined;
    case "scheme":
      report("scorm2004.resource.href.scheme", { href, scheme: target.scheme, title }, place);
      return undefined;
    case "absent":
      report("scorm2004.resource.href.absent", { path: target.path || href, identifier, title }, place);
      return undefined;
    case "external":
      report("scorm2004.resource.href.external", { url: target.url, title }, place);
      return { href: appendParameters(target.url, parameters), type: readType(title, resource, report) };
    case "file":
      reportForgiven(href, target, report, place.line);
      return {
        href: appendParameters(`${encodePath(target.path)}${target.query}${target.fragment}`, parameters),
        type: readType(title, resource, report),
      };
  }
}

function reportForgiven(href: string, file: ResolvedFile, report: Scorm2004Report, line: number): void {
  const names = { href, path: file.path };
  if (file.forgiven.includes("case")) report("scorm2004.resource.href.case", names, { line });
  if (file.forgiven.some((reason) => reason !== "case")) report("scorm2004.resource.href.spelling", names, { line });
}

/** `adlcp:scormType`. An unclear one is taken for a SCO: content that talks to the LMS then keeps its data. */
function readType(title: string, resource: Resource, report: Scorm2004Report): ActivityResource["type"] {
  const { element, identifier } = resource;
  const place = { line: element.line };
  const attribute =
    element.attributes.find(({ name }) => name === "scormType") ??
    element.attributes.find(({ name }) => name.toLowerCase() === "scormtype");
  if (!attribute) {
    report("scorm2004.resource.scormtype.missing", { identifier, title }, place);
    return "sco";
  }
  const { name: written, value } = attribute;
  const meant = value.trim().toLowerCase();
  if (meant !== "sco" && meant !== "asset") {
    report("scorm2004.resource.scormtype.unknown", { identifier, title, value }, place);
    return "sco";
  }
  if (meant !== value || written !== "scormType") {
    report("scorm2004.resource.scormtype.case", { written, value, meant }, place);
  }
  return meant;
}

/** Missing files are named one by one up to this number, the rest is counted. */
const NAMED_MISSING_FILES = 20;

/** Checks the parts of the resources that no launch depends on: listed files and dependencies. `titleOf` names the item that uses a resource. */
export function checkResources(
  resources: ReadonlyMap<string, Resource>,
  files: FileIndex,
  titleOf: (identifier: string) => string,
  report: Scorm2004Report,
): void {
  let missing = 0;
  for (const { element, identifier, bases, href: launched } of resources.values()) {
    for (const file of childrenOf(element, "file")) {
      const href = attributeOf(file, "href");
      if (!href || href === launched) continue;
      const found = resolveHref(href, bases, files);
      if (found.kind !== "absent" && found.kind !== "outside") continue;
      missing += 1;
      if (missing > NAMED_MISSING_FILES) continue;
      report("scorm2004.resource.file.missing", { href, identifier, title: titleOf(identifier) }, { line: file.line });
    }
    for (const dependency of childrenOf(element, "dependency")) {
      const reference = attributeOf(dependency, "identifierref")?.trim() ?? "";
      if (!resources.has(reference)) {
        report("scorm2004.resource.dependency.unknown", { identifier, reference }, { line: dependency.line });
      }
    }
  }
  if (missing > NAMED_MISSING_FILES) {
    report("scorm2004.resource.files.missing", { count: String(missing - NAMED_MISSING_FILES) });
  }
}
