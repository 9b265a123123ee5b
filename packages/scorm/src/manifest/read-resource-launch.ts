import { appendParameters } from "./append-parameters.ts";
import type { FileIndex } from "./file-index.ts";
import type { Place } from "./finding.ts";
import { encodePath, type ResolvedFile, resolveHref } from "./resolve-href.ts";
import type { Resource } from "./scorm12/read-resources.ts";
import { attributeOf, type XmlElement } from "./xml-element.ts";

/** Rules about what a resource launches; each standard has them under a name of its own, `scorm12.resource.` or `scorm2004.resource.` in front. */
export type ResourceLaunchRule =
  | `href.${"missing" | "outside" | "scheme" | "absent" | "external" | "case" | "spelling"}`
  | `scormtype.${"missing" | "unknown" | "case"}`;

/** Reports a rule of the standard at hand. */
export type ResourceLaunchReport = (
  rule: ResourceLaunchRule,
  params: Readonly<Record<string, string>>,
  place: Place,
) => void;

/** What an item launches: address inside the package or absolute, and whether it calls the API. */
export interface ResourceLaunch {
  readonly href: string;
  readonly type: "sco" | "asset";
}

/**
 * What opening an item does; `undefined` (with an error reported) when its resource cannot be opened.
 * @param typeAttribute local name of the attribute that tells a SCO from an asset, as the standard spells it.
 */
export function readResourceLaunch(
  item: XmlElement,
  title: string,
  resource: Resource,
  files: FileIndex,
  typeAttribute: "scormtype" | "scormType",
  report: ResourceLaunchReport,
): ResourceLaunch | undefined {
  const { href, identifier, bases } = resource;
  const place = { line: resource.element.line };
  if (href === undefined) {
    report("href.missing", { identifier, title }, place);
    return undefined;
  }
  const parameters = attributeOf(item, "parameters");
  const target = resolveHref(href, bases, files);
  switch (target.kind) {
    case "outside":
      report("href.outside", { href, title }, place);
      return undefined;
    case "scheme":
      report("href.scheme", { href, scheme: target.scheme, title }, place);
      return undefined;
    case "absent":
      report("href.absent", { path: target.path || href, identifier, title }, place);
      return undefined;
    case "external":
      report("href.external", { url: target.url, title }, place);
      return {
        href: appendParameters(target.url, parameters),
        type: readType(title, resource, typeAttribute, report),
      };
    case "file":
      reportForgiven(href, target, report, place);
      return {
        href: appendParameters(`${encodePath(target.path)}${target.query}${target.fragment}`, parameters),
        type: readType(title, resource, typeAttribute, report),
      };
  }
}

function reportForgiven(href: string, file: ResolvedFile, report: ResourceLaunchReport, place: Place): void {
  const names = { href, path: file.path };
  if (file.forgiven.includes("case")) report("href.case", names, place);
  if (file.forgiven.some((reason) => reason !== "case")) report("href.spelling", names, place);
}

/** An unclear type is taken for a SCO: content that talks to the LMS then keeps its data, while an asset without an API would lose it. */
function readType(
  title: string,
  { element, identifier }: Resource,
  typeAttribute: string,
  report: ResourceLaunchReport,
): ResourceLaunch["type"] {
  const place = { line: element.line };
  const attribute =
    element.attributes.find(({ name }) => name === typeAttribute) ??
    element.attributes.find(({ name }) => name.toLowerCase() === "scormtype");
  if (!attribute) {
    report("scormtype.missing", { identifier, title }, place);
    return "sco";
  }
  const { name: written, value } = attribute;
  const meant = value.trim().toLowerCase();
  if (meant !== "sco" && meant !== "asset") {
    report("scormtype.unknown", { identifier, title, value }, place);
    return "sco";
  }
  if (meant !== value || written !== typeAttribute) report("scormtype.case", { written, value, meant }, place);
  return meant;
}
