import { escapeXml } from "./escape-xml.ts";
import { leavesOf, resourceId, resourcesXml } from "./resources-xml.ts";

/** A course to be written as a SCORM 1.2 manifest. */
export interface Scorm12Course {
  readonly identifier: string;
  readonly title: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  /** ISO 8601 duration, `PT10M`. */
  readonly typicalLearningTime?: string;
  readonly items: readonly Scorm12Item[];
}

/** An item: a heading with items below it, or something to open. */
export interface Scorm12Item {
  readonly identifier: string;
  readonly title: string;
  /** File in the package, with a query if need be; a heading has none. */
  readonly href?: string;
  /** Default `sco`. */
  readonly type?: "sco" | "asset";
  readonly visible?: boolean;
  readonly parameters?: string;
  readonly prerequisites?: string;
  readonly maxTimeAllowed?: string;
  readonly timeLimitAction?: string;
  readonly dataFromLms?: string;
  readonly masteryScore?: number;
  readonly items?: readonly Scorm12Item[];
}

/**
 * Writes `imsmanifest.xml` of a course that holds `files`. Every file is listed with the first resource; the others depend on
 * it, so that no file is listed twice.
 */
export function scorm12Manifest(course: Scorm12Course, files: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${escapeXml(course.identifier)}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd http://www.imsglobal.org/xsd/imsmd_rootv1p2p1 imsmd_rootv1p2p1.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
${lom(course)}  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>${escapeXml(course.title)}</title>
${course.items.map((item) => itemXml(item, "      ")).join("")}    </organization>
  </organizations>
  <resources>
${resourcesXml(course.items.flatMap(leavesOf), files, "scormtype")}  </resources>
</manifest>
`;
}

function lom(course: Scorm12Course): string {
  const text = (value: string) => `<imsmd:langstring xml:lang="en">${escapeXml(value)}</imsmd:langstring>`;
  const general = [
    `<imsmd:title>${text(course.title)}</imsmd:title>`,
    course.description && `<imsmd:description>${text(course.description)}</imsmd:description>`,
    ...(course.keywords ?? []).map((word) => `<imsmd:keyword>${text(word)}</imsmd:keyword>`),
  ].filter(Boolean);
  const time = course.typicalLearningTime;
  const educational = time
    ? `      <imsmd:educational><imsmd:typicallearningtime><imsmd:datetime>${escapeXml(time)}</imsmd:datetime></imsmd:typicallearningtime></imsmd:educational>\n`
    : "";
  return `    <imsmd:lom>\n      <imsmd:general>${general.join("")}</imsmd:general>\n${educational}    </imsmd:lom>\n`;
}

function itemXml(item: Scorm12Item, indent: string): string {
  const inner = `${indent}  `;
  const attributes = [
    ` identifier="${escapeXml(item.identifier)}"`,
    item.href ? ` identifierref="${escapeXml(resourceId(item))}"` : "",
    item.visible === false ? ' isvisible="false"' : "",
    item.parameters ? ` parameters="${escapeXml(item.parameters)}"` : "",
  ].join("");
  const data = [
    ["prerequisites", item.prerequisites, ' type="aicc_script"'],
    ["maxtimeallowed", item.maxTimeAllowed, ""],
    ["timelimitaction", item.timeLimitAction, ""],
    ["datafromlms", item.dataFromLms, ""],
    ["masteryscore", item.masteryScore?.toString(), ""],
  ] as const;
  const elements = data
    .filter(([, value]) => value !== undefined)
    .map(([name, value = "", type]) => `${inner}<adlcp:${name}${type}>${escapeXml(value)}</adlcp:${name}>\n`);
  const children = (item.items ?? []).map((child) => itemXml(child, inner));
  return `${indent}<item${attributes}>\n${inner}<title>${escapeXml(item.title)}</title>\n${children.join("")}${elements.join("")}${indent}</item>\n`;
}
