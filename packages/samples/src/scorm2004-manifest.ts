import { escapeXml } from "./escape-xml.ts";
import { leavesOf, resourceId, resourcesXml } from "./resources-xml.ts";

/** A course to be written as a SCORM 2004 manifest. */
export interface Scorm2004Course {
  readonly identifier: string;
  readonly title: string;
  /** Default `4th`. */
  readonly edition?: "2nd" | "3rd" | "4th";
  readonly description?: string;
  readonly keywords?: readonly string[];
  /** ISO 8601 duration, `PT10M`. */
  readonly typicalLearningTime?: string;
  /** `adlseq:objectivesGlobalToSystem`; default true, as in the book. */
  readonly objectivesGlobalToSystem?: boolean;
  /** What stands in the organization's `imsss:sequencing`, as XML with the prefixes imsss and adlseq. */
  readonly sequencing?: string;
  readonly items: readonly Scorm2004Item[];
}

/** An item: a cluster with items below it, or something to open. */
export interface Scorm2004Item {
  readonly identifier: string;
  readonly title: string;
  /** File in the package, with a query if need be; a cluster has none. */
  readonly href?: string;
  /** Default `sco`. */
  readonly type?: "sco" | "asset";
  readonly visible?: boolean;
  readonly parameters?: string;
  readonly timeLimitAction?: string;
  readonly dataFromLms?: string;
  /** Controls of the LMS that are not to be shown. */
  readonly hideLmsUi?: readonly string[];
  /** What stands in the item's `imsss:sequencing`, as XML with the prefixes imsss and adlseq. */
  readonly sequencing?: string;
  readonly items?: readonly Scorm2004Item[];
}

const SCHEMA_VERSIONS = { "2nd": "CAM 1.3", "3rd": "2004 3rd Edition", "4th": "2004 4th Edition" } as const;

/** Writes `imsmanifest.xml` of a course that holds `files`. */
export function scorm2004Manifest(course: Scorm2004Course, files: readonly string[]): string {
  const { objectivesGlobalToSystem: global, edition = "4th" } = course;
  const globality = global === undefined ? "" : ` adlseq:objectivesGlobalToSystem="${global}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${escapeXml(course.identifier)}" version="1.0"
  xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
  xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>${SCHEMA_VERSIONS[edition]}</schemaversion>
${lom(course)}  </metadata>
  <organizations default="organization">
    <organization identifier="organization"${globality}>
      <title>${escapeXml(course.title)}</title>
${course.items.map((item) => itemXml(item, "      ")).join("")}${sequencingXml(course.sequencing, "      ")}    </organization>
  </organizations>
  <resources>
${resourcesXml(course.items.flatMap(leavesOf), files, "scormType")}  </resources>
</manifest>
`;
}

function lom(course: Scorm2004Course): string {
  const text = (value: string) => `<string language="en">${escapeXml(value)}</string>`;
  const general = [
    `<title>${text(course.title)}</title>`,
    course.description && `<description>${text(course.description)}</description>`,
    ...(course.keywords ?? []).map((word) => `<keyword>${text(word)}</keyword>`),
  ].filter(Boolean);
  const time = course.typicalLearningTime;
  const educational = time
    ? `      <educational><typicalLearningTime><duration>${escapeXml(time)}</duration></typicalLearningTime></educational>\n`
    : "";
  return `    <lom xmlns="http://ltsc.ieee.org/xsd/LOM">\n      <general>${general.join("")}</general>\n${educational}    </lom>\n`;
}

function itemXml(item: Scorm2004Item, indent: string): string {
  const inner = `${indent}  `;
  const attributes = [
    ` identifier="${escapeXml(item.identifier)}"`,
    item.href ? ` identifierref="${escapeXml(resourceId(item))}"` : "",
    item.visible === false ? ' isvisible="false"' : "",
    item.parameters ? ` parameters="${escapeXml(item.parameters)}"` : "",
  ].join("");
  const element = (name: string, value: string | undefined) =>
    value === undefined ? "" : `${inner}<adlcp:${name}>${escapeXml(value)}</adlcp:${name}>\n`;
  const children = (item.items ?? []).map((child) => itemXml(child, inner));
  const data = element("timeLimitAction", item.timeLimitAction) + element("dataFromLMS", item.dataFromLms);
  return `${indent}<item${attributes}>\n${inner}<title>${escapeXml(item.title)}</title>\n${children.join("")}${data}${sequencingXml(item.sequencing, inner)}${presentationXml(item, inner)}${indent}</item>\n`;
}

function sequencingXml(sequencing: string | undefined, indent: string): string {
  if (sequencing === undefined) return "";
  const lines = sequencing.trim().replaceAll("\n", `\n${indent}  `);
  return `${indent}<imsss:sequencing>\n${indent}  ${lines}\n${indent}</imsss:sequencing>\n`;
}

function presentationXml({ hideLmsUi = [] }: Scorm2004Item, indent: string): string {
  if (hideLmsUi.length === 0) return "";
  const hidden = hideLmsUi.map((control) => `<adlnav:hideLMSUI>${escapeXml(control)}</adlnav:hideLMSUI>`).join("");
  return `${indent}<adlnav:presentation><adlnav:navigationInterface>${hidden}</adlnav:navigationInterface></adlnav:presentation>\n`;
}
