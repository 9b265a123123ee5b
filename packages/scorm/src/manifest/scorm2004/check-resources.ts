import type { FileIndex } from "../file-index.ts";
import { resolveHref } from "../resolve-href.ts";
import type { Resource } from "../scorm12/read-resources.ts";
import { attributeOf, childrenOf } from "../xml-element.ts";
import type { Scorm2004Report } from "./scorm2004-rules.ts";

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
