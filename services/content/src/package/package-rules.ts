import type { Rule } from "@coursemesh/scorm/manifest/finding.ts";
import { xmlRules } from "./xml/xml-rules.ts";
import { archiveRules } from "./zip/archive-rules.ts";
import { entryRules } from "./zip/entry-rules.ts";

const contentRules = {
  "package.manifest.missing": {
    severity: "error",
    title: "There is no imsmanifest.xml in the package",
    meaning: "Nothing in the zip says what the course is, so it cannot be opened.",
    fix: "Export the course as SCORM 1.2 and upload the zip that the tool writes, unchanged.",
    clause: "SCORM 1.2 CAM, 2.3.1",
  },
  "package.manifest.size": {
    severity: "error",
    title: "imsmanifest.xml has {size} bytes, more than the {limit} that are allowed",
    meaning: "The course was not opened.",
    fix: "Check the manifest; a normal one has some hundred kilobytes at most.",
  },
  "package.manifest.case": {
    severity: "warning",
    title: "The manifest is called {name}",
    meaning: "Nothing changes for learners here; it was read all the same.",
    fix: "Call it imsmanifest.xml, in small letters.",
    clause: "SCORM 1.2 CAM, 2.3.1",
    otherLms: true,
  },
  "package.manifest.nested": {
    severity: "error",
    title: "imsmanifest.xml lies in the folder {folder}, with other files outside it",
    meaning: "It is not clear which files belong to the course, so it was not opened.",
    fix: "Zip the contents of that folder, with imsmanifest.xml at the top of the zip.",
    clause: "SCORM 1.2 CAM, 2.3.1",
  },
  "package.folder": {
    severity: "warning",
    title: "The course lies in the folder {folder} of the zip",
    meaning: "Nothing changes for learners here; the folder was taken off.",
    fix: "Zip the contents of the folder, not the folder itself.",
    clause: "SCORM 1.2 CAM, 2.3.1",
    otherLms: true,
  },
  "package.several": {
    severity: "error",
    title: "The zip holds several courses: {folders}",
    meaning: "It is not clear which one learners are to get.",
    fix: "Upload each course as a zip of its own.",
  },
  "package.nested-zip": {
    severity: "error",
    title: "The zip holds another zip, {name}, instead of a course",
    meaning: "Zips inside zips are not opened.",
    fix: "Unpack the outer zip and upload {name}.",
  },
  "package.standard.unsupported": {
    severity: "error",
    title: "This is {name} content, which is not supported yet",
    meaning: "Learners could not open it here.",
    fix: "Export the course as SCORM 1.2 or SCORM 2004.",
  },
  "package.litter": {
    severity: "note",
    title: "{count} files of the computer that made the zip were left out",
    meaning: "Nothing changes for learners: files such as {example} are no part of the course.",
    fix: "Nothing to do.",
  },
} as const satisfies Record<string, Rule>;

/** The rule book of packages: the archive, its entries, the XML of the manifest, and what must lie where. Rules about the manifest's sense are in the scorm package. */
export const packageRules = { ...archiveRules, ...entryRules, ...xmlRules, ...contentRules };

/** Id of a rule about packages. */
export type PackageRuleId = keyof typeof packageRules;
