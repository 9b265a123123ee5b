import type { Rule } from "./finding.ts";

/** Rules about a manifest of any standard. */
export const manifestRules = {
  "manifest.root": {
    severity: "error",
    title: "imsmanifest.xml does not contain a manifest",
    meaning: "The course cannot be opened: its table of contents is not there. The file starts with <{name}>.",
    fix: "Export the course again as SCORM 1.2 or SCORM 2004 and upload the zip that the tool writes, unchanged.",
    clause: "IMS Content Packaging 1.1.2, 4.1",
  },
  "manifest.standard.unsupported": {
    severity: "error",
    title: "This is a {name} package, which is not supported yet",
    meaning: "Learners could not open it here.",
    fix: "Export the course as SCORM 1.2 or SCORM 2004.",
  },
  "manifest.standard.unknown": {
    severity: "error",
    title: "The manifest does not say which standard it follows",
    meaning: "There is nothing in it that could be played: no schema version, no known namespace, no organizations.",
    fix: "Export the course again as SCORM 1.2 or SCORM 2004.",
    clause: "SCORM 1.2 CAM, 2.3.2.1",
  },
  "manifest.schemaversion": {
    severity: "note",
    title: "The schema version is {version}",
    meaning: "Nothing changes for learners; the package is played as SCORM 1.2.",
    fix: "Write <schema>ADL SCORM</schema> and <schemaversion>1.2</schemaversion> in the manifest's metadata.",
    clause: "SCORM 1.2 CAM, 2.3.2.1",
    otherLms: true,
  },
  "manifest.namespace": {
    severity: "warning",
    title: "The manifest declares {namespace} as its namespace",
    meaning: "Nothing changes for learners here; the elements were read by their names.",
    fix: 'Declare xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" on the manifest element.',
    clause: "SCORM 1.2 CAM, 2.3.2",
    otherLms: true,
  },
  "manifest.identifier.missing": {
    severity: "note",
    title: "The manifest has no identifier",
    meaning: "Nothing changes for learners; a new upload cannot be recognised as the same course by it.",
    fix: "Give the manifest element an identifier that is unique to the course.",
    clause: "SCORM 1.2 CAM, 2.3.2.1",
    otherLms: true,
  },
  "manifest.identifier.duplicate": {
    severity: "warning",
    title: "The identifier {identifier} is used twice",
    meaning: "Progress of the later one is kept as {renamed}.",
    fix: "Give every item and every resource an identifier of its own.",
    clause: "IMS Content Packaging, 4.1; XML Schema, ID",
    otherLms: true,
  },
  "manifest.submanifest": {
    severity: "warning",
    title: "The manifest contains another manifest",
    meaning: "Only the outer course is played; learners do not see what the inner one adds.",
    fix: "Put the items of the inner manifest into the outer organization, or upload it as a course of its own.",
    clause: "SCORM 1.2 CAM, 2.3.2.4",
    otherLms: true,
  },
} as const satisfies Record<string, Rule>;

/** Id of a rule about any manifest. */
export type ManifestRuleId = keyof typeof manifestRules;
