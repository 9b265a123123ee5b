import type { FileIndex } from "../file-index.ts";
import type { Report } from "../finding.ts";
import { resolveHref } from "../resolve-href.ts";
import { attributeOf, childOf, childrenOf, type XmlElement, xmlBaseOf } from "../xml-element.ts";
import type { Scorm12RuleId } from "./scorm12-rules.ts";

/** A `resource` of the manifest, before anyone has asked to launch it. */
export interface Resource {
  readonly identifier: string;
  readonly element: XmlElement;
  readonly href?: string;
  /** `xml:base` of manifest, resources and resource, outermost first. */
  readonly bases: readonly (string | undefined)[];
}

/** Missing files are named one by one up to this number, the rest is counted. */
const NAMED_MISSING_FILES = 20;

/** Indexes the resources by identifier; the first of two equal identifiers counts. */
export function readResources(manifest: XmlElement): Map<string, Resource> {
  const resources = new Map<string, Resource>();
  const parent = childOf(manifest, "resources");
  if (!parent) return resources;
  for (const element of childrenOf(parent, "resource")) {
    const identifier = (attributeOf(element, "identifier") ?? "").trim();
    if (identifier === "" || resources.has(identifier)) continue;
    const href = attributeOf(element, "href")?.trim();
    resources.set(identifier, {
      identifier,
      element,
      bases: [xmlBaseOf(manifest), xmlBaseOf(parent), xmlBaseOf(element)],
      ...(href ? { href } : {}),
    });
  }
  return resources;
}

/** Checks the parts of the resources that no launch depends on: listed files and dependencies. `titleOf` names the item that uses a resource. */
export function checkResources(
  resources: ReadonlyMap<string, Resource>,
  files: FileIndex,
  titleOf: (identifier: string) => string,
  report: Report<Scorm12RuleId>,
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
      report("scorm12.resource.file.missing", { href, identifier, title: titleOf(identifier) }, { line: file.line });
    }
    for (const dependency of childrenOf(element, "dependency")) {
      const reference = attributeOf(dependency, "identifierref")?.trim() ?? "";
      if (!resources.has(reference)) {
        report("scorm12.resource.dependency.unknown", { identifier, reference }, { line: dependency.line });
      }
    }
  }
  if (missing > NAMED_MISSING_FILES) {
    report("scorm12.resource.files.missing", { count: String(missing - NAMED_MISSING_FILES) });
  }
}
