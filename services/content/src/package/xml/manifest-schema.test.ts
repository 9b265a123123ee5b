import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { packageLimits } from "../package-limits.ts";
import { schemaSetOf } from "./manifest-schema.ts";
import { readXml } from "./read-xml.ts";

const read = (text: string | Buffer) => readXml(Buffer.from(text), "imsmanifest.xml", packageLimits.parse({}));

const manifest = (version: string, item: string) => `<?xml version="1.0"?>
<manifest identifier="m" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
  xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>${version}</schemaversion>
    <lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general/></lom></metadata>
  <organizations default="o"><organization identifier="o" adlseq:objectivesGlobalToSystem="false"><title>Course</title>
    <item identifier="a" identifierref="r"><title>A</title>${item}
      <imsss:sequencing><imsss:controlMode flow="true"/></imsss:sequencing></item></organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="a.html"><file href="a.html"/></resource></resources>
</manifest>`;

const threshold4 = '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5"/>';
const threshold3 = "<adlcp:completionThreshold>0.5</adlcp:completionThreshold>";

describe("the schemas of SCORM 2004", () => {
  it.each([
    ["2004 4th Edition", threshold4],
    ["2004 3rd Edition", threshold3],
    ["CAM 1.3", threshold3],
  ])("have nothing to say about a right manifest of %s, nor about its metadata", async (version, threshold) => {
    expect((await read(manifest(version, threshold))).problems).toEqual([]);
  });

  it("are those of the edition", async () => {
    const { problems, root } = await read(manifest("2004 3rd Edition", threshold4));
    expect(schemaSetOf(root)).toBe("scorm2004-3rd");
    expect(problems.map(({ detail }) => detail)).toContainEqual(expect.stringContaining("completedByMeasure"));
  });

  it("name the line and the element of a mistake, in words without namespaces", async () => {
    const wrong =
      "\n<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>toc</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>";
    const { problems } = await read(manifest("2004 4th Edition", wrong));
    expect(problems[0]).toMatchObject({ line: 9, extension: false });
    expect(problems[0]?.detail).toMatch(/^Element 'adlnav:hideLMSUI'/);
  });
});

const folder = `${process.env.ADL_SCORM2004_DIR ?? fileURLToPath(new URL("../../../../../../shared/adl-scorm2004", import.meta.url))}/manifests`;
const present = existsSync(folder);
const absent = present ? "" : ` (skipped: they are not in ${folder}; ADL_SCORM2004_DIR names another folder)`;

describe.skipIf(!present)(`ADL's manifests${absent}`, () => {
  // Each is read in a process of its own, so a few stand for all.
  const names = present ? readdirSync(folder).filter((_, at) => at % 16 === 0) : [];
  it.each(names)("%s follows the schemas of the 4th edition", async (name) => {
    const { root, problems } = await read(readFileSync(`${folder}/${name}`));
    expect(schemaSetOf(root)).toBe("scorm2004-4th");
    expect(problems).toEqual([]);
  });
});
