import { escapeText, oneLine } from "./escape-text.ts";
import type { PackageSettings } from "./package-settings.ts";

/** Longest title of SCORM 1.2 (CAM 1.2, 2.3.5). */
const TITLE_LENGTH = 200;

/** `imsmanifest.xml` of one SCO. The identifier is the dispatch's: importing again updates the course in the host instead of adding one. */
export function scorm12Manifest({ dispatchId, title, description }: PackageSettings, files: readonly string[]): string {
  const name = escapeText(oneLine(title, TITLE_LENGTH));
  const described =
    description === ""
      ? ""
      : `
        <imsmd:description>
          <imsmd:langstring>${escapeText(description)}</imsmd:langstring>
        </imsmd:description>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="dispatch-${dispatchId}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.imsglobal.org/xsd/imsmd_rootv1p2p1 imsmd_rootv1p2p1.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
    <imsmd:lom>
      <imsmd:general>
        <imsmd:title>
          <imsmd:langstring>${name}</imsmd:langstring>
        </imsmd:title>${described}
      </imsmd:general>
    </imsmd:lom>
  </metadata>
  <organizations default="organization-${dispatchId}">
    <organization identifier="organization-${dispatchId}">
      <title>${name}</title>
      <item identifier="item-${dispatchId}" identifierref="resource-${dispatchId}" isvisible="true">
        <title>${name}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="resource-${dispatchId}" type="webcontent" adlcp:scormtype="sco" href="index.html">
${files.map((path) => `      <file href="${escapeText(path)}"/>`).join("\n")}
    </resource>
  </resources>
</manifest>
`;
}
