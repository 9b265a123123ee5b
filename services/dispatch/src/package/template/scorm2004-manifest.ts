import { escapeText, oneLine } from "./escape-text.ts";
import type { PackageSettings } from "./package-settings.ts";

const SCHEMA_VERSIONS = { "3rd": "2004 3rd Edition", "4th": "2004 4th Edition" } as const;
/** What hosts are bound to keep of a title. */
const TITLE_LENGTH = 250;

/**
 * `imsmanifest.xml` of one SCO that says by itself how it went: without `completionSetByContent` a host counts the course as completed and
 * passed as soon as it was opened (SN 2004, 3.13), and without `flow` it does not begin by itself.
 */
export function scorm2004Manifest(
  { dispatchId, title }: PackageSettings,
  edition: keyof typeof SCHEMA_VERSIONS,
  files: readonly string[],
): string {
  const name = escapeText(oneLine(title, TITLE_LENGTH));
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="dispatch-${dispatchId}" version="1.0"
  xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
  xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd http://www.adlnet.org/xsd/adlseq_v1p3 adlseq_v1p3.xsd http://www.adlnet.org/xsd/adlnav_v1p3 adlnav_v1p3.xsd http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>${SCHEMA_VERSIONS[edition]}</schemaversion>
  </metadata>
  <organizations default="organization-${dispatchId}">
    <organization identifier="organization-${dispatchId}">
      <title>${name}</title>
      <item identifier="item-${dispatchId}" identifierref="resource-${dispatchId}">
        <title>${name}</title>
        <imsss:sequencing>
          <imsss:objectives>
            <imsss:primaryObjective objectiveID="objective-${dispatchId}"/>
          </imsss:objectives>
          <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
        </imsss:sequencing>
        <adlnav:presentation>
          <adlnav:navigationInterface>
            <adlnav:hideLMSUI>continue</adlnav:hideLMSUI>
            <adlnav:hideLMSUI>previous</adlnav:hideLMSUI>
          </adlnav:navigationInterface>
        </adlnav:presentation>
      </item>
      <imsss:sequencing>
        <imsss:controlMode choice="true" flow="true"/>
      </imsss:sequencing>
    </organization>
  </organizations>
  <resources>
    <resource identifier="resource-${dispatchId}" type="webcontent" adlcp:scormType="sco" href="index.html">
${files.map((path) => `      <file href="${escapeText(path)}"/>`).join("\n")}
    </resource>
  </resources>
</manifest>
`;
}
