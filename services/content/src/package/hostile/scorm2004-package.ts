import type { Verdict } from "../import-report.ts";
import type { HostilePackage } from "./hostile-package.ts";
import { goodCourse } from "./hostile-package.ts";
import { rawZip } from "./raw-zip.ts";

/** Parts of a SCORM 2004 manifest that can be replaced; each begins on the line that is said here. */
export interface Scorm2004Parts {
  /** Line 2. */
  readonly root?: string;
  /** Line 3. */
  readonly version?: string;
  /** Line 4: attributes of the organizations element and the organization. */
  readonly organizations?: string;
  /** Line 5. */
  readonly item?: string;
  /** Line 6: what stands in the item. */
  readonly inItem?: string;
  /** Line 8: what stands in the organization after its item. */
  readonly inOrganization?: string;
  /** Line 11. */
  readonly resource?: string;
  /** Line 13: after the resources. */
  readonly after?: string;
}

const NAMESPACES =
  'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"';

/** A SCORM 2004 manifest with one SCO, flow and choice, in order unless a part is replaced. */
export function scorm2004Manifest({
  root = `identifier="m" version="1" ${NAMESPACES}`,
  version = "<schemaversion>2004 4th Edition</schemaversion>",
  organizations = '<organizations default="o"><organization identifier="o"><title>Course</title>',
  item = '<item identifier="i" identifierref="r"><title>Lesson</title>',
  inItem = "",
  inOrganization = '<imsss:sequencing><imsss:controlMode flow="true"/></imsss:sequencing>',
  resource = '<resource identifier="r" type="webcontent" adlcp:scormType="sco" href="index.html"><file href="index.html"/></resource>',
  after = "",
}: Scorm2004Parts): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<manifest ${root}>`,
    `<metadata><schema>ADL SCORM</schema>${version}</metadata>`,
    organizations,
    item,
    inItem,
    "</item>",
    inOrganization,
    "</organization></organizations>",
    "<resources>",
    resource,
    "</resources>",
    after,
    "</manifest>",
  ].join("\n");
}

/** A SCORM 2004 package that is refused. */
export function refused2004(name: string, rule: string, line: number, parts: Scorm2004Parts): HostilePackage {
  return package2004(name, "not_playable", parts, { rule, line });
}

/** A SCORM 2004 package that is accepted with something to say. */
export function noted2004(name: string, rule: string, line: number, parts: Scorm2004Parts): HostilePackage {
  return package2004(name, "ready_with_notes", parts, { rule, line });
}

/** A SCORM 2004 package that looks odd and is in order. */
export function ready2004(name: string, parts: Scorm2004Parts): HostilePackage {
  return package2004(name, "ready", parts, {});
}

function package2004(
  name: string,
  verdict: Verdict,
  parts: Scorm2004Parts,
  finding: { readonly rule?: string; readonly line?: number },
): HostilePackage {
  return {
    name: `SCORM 2004: ${name}`,
    verdict,
    build: () => rawZip(goodCourse(scorm2004Manifest(parts))),
    ...finding,
  };
}
