import type { Edition } from "../../sequencing/activity-tree.ts";
import { attributeOf, descend, textOf, walk, type XmlElement } from "../xml-element.ts";

/** Namespace of IMS Content Packaging 1.1.3 and 1.1.4, which SCORM 2004 manifests use. */
export const IMSCP_SCORM2004 = "http://www.imsglobal.org/xsd/imscp_v1p1";

/** The edition of a SCORM 2004 manifest, and how it was told. */
export interface DetectedEdition {
  readonly edition: Edition;
  /** `schemaversion`: the manifest names its edition. `features`: it does not, but uses what only the 4th edition has. `assumed`: nothing tells. */
  readonly source: "schemaversion" | "features" | "assumed";
}

/** `CAM 1.3` is what 2nd edition manifests say (CAM 3.4.1, schemaversion). */
export function detectEdition(manifest: XmlElement): DetectedEdition {
  const version = textOf(descend(manifest, "metadata", "schemaversion")) ?? "";
  const named = /\b([234])(?:nd|rd|th)\b/i.exec(version)?.[1];
  if (named === "4") return { edition: "4th", source: "schemaversion" };
  if (named === "3") return { edition: "3rd", source: "schemaversion" };
  if (named === "2" || /^(?:CAM\s*)?1\.3\b/i.test(version)) return { edition: "2nd", source: "schemaversion" };
  return fourthEditionFeature(manifest) === undefined
    ? { edition: "3rd", source: "assumed" }
    : { edition: "4th", source: "features" };
}

/** Whether an element is of ADL's sequencing vocabulary: `objectives` and `mapInfo` exist in that of IMS too. */
export function isAdlSequencing(element: XmlElement): boolean {
  return /\/adlseq_/.test(element.namespace) || (element.namespace === "" && element.prefix === "adlseq");
}

/** The first element that only the 4th edition has. */
export function fourthEditionFeature(manifest: XmlElement): XmlElement | undefined {
  for (const element of walk(manifest)) {
    if (element.name === "data" && /\/adlcp_/.test(element.namespace)) return element;
    if (element.name === "objectives" && isAdlSequencing(element)) return element;
    if (element.name === "completionThreshold" && attributeOf(element, "completedByMeasure") !== undefined)
      return element;
  }
  return undefined;
}
