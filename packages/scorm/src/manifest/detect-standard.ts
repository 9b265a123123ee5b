import type { Standard } from "../course/course-outline.ts";
import { detectEdition, IMSCP_SCORM2004 } from "./scorm2004/edition.ts";
import { childOf, descend, textOf, walk, type XmlElement } from "./xml-element.ts";

/** What a manifest says it is. `name` is for people: "SCORM 2004 4th Edition". */
export interface DetectedStandard {
  readonly standard: Standard | "common-cartridge" | "unknown";
  readonly name: string;
  /** `metadata/schemaversion` as written. */
  readonly schemaVersion?: string;
  readonly source: "schemaversion" | "namespace" | "structure";
}

/** Namespace of IMS Content Packaging 1.1.2, which SCORM 1.2 manifests use. */
export const IMSCP_SCORM12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2";
/** Namespace of the SCORM 1.2 extensions of the manifest. */
export const ADLCP_SCORM12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2";

const NAMESPACES_2004 = ["http://www.adlnet.org/xsd/adlcp_v1p3", "http://www.imsglobal.org/xsd/imsss", IMSCP_SCORM2004];

/** Tells the standard by `schemaversion` first, then by the namespaces that are used, then by the shape of the manifest. */
export function detectStandard(manifest: XmlElement): DetectedStandard {
  const version = textOf(descend(manifest, "metadata", "schemaversion"));
  const withVersion = version === undefined ? {} : { schemaVersion: version };
  const namespaces = new Set<string>();
  for (const element of walk(manifest)) {
    namespaces.add(element.namespace);
    for (const attribute of element.attributes) namespaces.add(attribute.namespace);
  }
  const uses = (prefix: string) => [...namespaces].some((namespace) => namespace.startsWith(prefix));

  if (uses("http://www.imsglobal.org/xsd/imsccv") || uses("http://www.imsglobal.org/xsd/imscc/")) {
    return { standard: "common-cartridge", name: "IMS Common Cartridge", source: "namespace", ...withVersion };
  }
  const name2004 = () => `SCORM 2004 ${detectEdition(manifest).edition} Edition`;
  const byVersion = version && standardOfVersion(version);
  if (byVersion) {
    const name = byVersion === "scorm12" ? "SCORM 1.2" : name2004();
    return { standard: byVersion, name, source: "schemaversion", ...withVersion };
  }
  if (uses(ADLCP_SCORM12) || uses(IMSCP_SCORM12)) {
    return { standard: "scorm12", name: "SCORM 1.2", source: "namespace", ...withVersion };
  }
  if (NAMESPACES_2004.some(uses)) {
    return { standard: "scorm2004", name: name2004(), source: "namespace", ...withVersion };
  }
  if (childOf(manifest, "organizations") && childOf(manifest, "resources")) {
    return { standard: "scorm12", name: "SCORM 1.2", source: "structure", ...withVersion };
  }
  return { standard: "unknown", name: "unknown", source: "structure", ...withVersion };
}

function standardOfVersion(version: string): Standard | undefined {
  if (/^(?:SCORM\s*)?1\.[012](?:\.\d+)?$/i.test(version)) return "scorm12";
  return /2004|^(?:CAM\s*)?1\.3/i.test(version) ? "scorm2004" : undefined;
}
