import type { ActivityLaunch } from "../../course/course-outline.ts";
import { appendParameters } from "../append-parameters.ts";
import type { FileIndex } from "../file-index.ts";
import type { Report } from "../finding.ts";
import { encodePath, type ResolvedFile, resolveHref } from "../resolve-href.ts";
import { attributeOf, type XmlElement } from "../xml-element.ts";
import type { Resource } from "./read-resources.ts";
import type { Scorm12RuleId } from "./scorm12-rules.ts";

/** What opening an item does; `undefined` (with an error reported) when its resource cannot be opened. */
export function readLaunch(
  item: XmlElement,
  title: string,
  resource: Resource,
  files: FileIndex,
  report: Report<Scorm12RuleId>,
): ActivityLaunch | undefined {
  const { href, identifier, bases } = resource;
  const place = { line: resource.element.line };
  if (href === undefined) {
    report("scorm12.resource.href.missing", { identifier, title }, place);
    return undefined;
  }
  const parameters = attributeOf(item, "parameters");
  const target = resolveHref(href, bases, files);
  switch (target.kind) {
    case "outside":
      report("scorm12.resource.href.outside", { href, title }, place);
      return undefined;
    case "scheme":
      report("scorm12.resource.href.scheme", { href, scheme: target.scheme, title }, place);
      return undefined;
    case "absent":
      report("scorm12.resource.href.absent", { path: target.path || href, identifier, title }, place);
      return undefined;
    case "external":
      report("scorm12.resource.href.external", { url: target.url, title }, place);
      return { href: appendParameters(target.url, parameters), type: readType(title, resource, report) };
    case "file":
      reportForgiven(href, target, report, place.line);
      return {
        href: appendParameters(`${encodePath(target.path)}${target.query}${target.fragment}`, parameters),
        type: readType(title, resource, report),
      };
  }
}

function reportForgiven(href: string, file: ResolvedFile, report: Report<Scorm12RuleId>, line: number): void {
  if (file.forgiven.includes("case")) report("scorm12.resource.href.case", { href, path: file.path }, { line });
  if (file.forgiven.some((reason) => reason !== "case")) {
    report("scorm12.resource.href.spelling", { href, path: file.path }, { line });
  }
}

/**
 * `adlcp:scormtype` of a resource. An unclear one is taken for a SCO: content that talks to the LMS then keeps its data,
 * while an asset without an API would lose it.
 */
function readType(title: string, resource: Resource, report: Report<Scorm12RuleId>): ActivityLaunch["type"] {
  const { element, identifier } = resource;
  const place = { line: element.line };
  const attribute =
    element.attributes.find(({ name }) => name === "scormtype") ??
    element.attributes.find(({ name }) => name.toLowerCase() === "scormtype");
  if (!attribute) {
    report("scorm12.resource.scormtype.missing", { identifier, title }, place);
    return "sco";
  }
  const meant = attribute.value.trim().toLowerCase();
  if (meant !== "sco" && meant !== "asset") {
    report("scorm12.resource.scormtype.unknown", { identifier, title, value: attribute.value }, place);
    return "sco";
  }
  if (meant !== attribute.value || attribute.name !== "scormtype") {
    report("scorm12.resource.scormtype.case", { written: attribute.name, value: attribute.value, meant }, place);
  }
  return meant;
}
