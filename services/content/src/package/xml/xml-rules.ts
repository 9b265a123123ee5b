import type { Rule } from "@coursemesh/scorm/manifest/finding.ts";

/** Rules about the manifest as an XML file. */
export const xmlRules = {
  "xml.malformed": {
    severity: "error",
    title: "The manifest is not well-formed XML",
    meaning: "The course cannot be opened, because its table of contents cannot be read: {detail}",
    fix: "Correct the line that is named, or export the course again.",
    clause: "XML 1.0, 2.1",
  },
  "xml.doctype": {
    severity: "error",
    title: "The manifest has a DOCTYPE",
    meaning: "The package was refused: a DOCTYPE can make a server read other files, and no manifest needs one.",
    fix: "Take the <!DOCTYPE …> out of imsmanifest.xml.",
  },
  "xml.encoding": {
    severity: "error",
    title: "The manifest is in the character set {encoding}, which is not supported",
    meaning: "The course cannot be opened, because its table of contents cannot be read.",
    fix: "Save imsmanifest.xml as UTF-8.",
    clause: "XML 1.0, 4.3.3",
  },
  "xml.encoding.wrong": {
    severity: "warning",
    title: "The manifest says it is {declared}, but it is not",
    meaning: "It was read as {used}; some letters in titles may be wrong.",
    fix: "Save imsmanifest.xml as UTF-8.",
    clause: "XML 1.0, 4.3.3",
    otherLms: true,
  },
  "xml.leading": {
    severity: "warning",
    title: "There are blanks before the first line of the manifest",
    meaning: "Nothing changes for learners here; they were skipped.",
    fix: "Let the file begin with <?xml.",
    clause: "XML 1.0, 2.8",
    otherLms: true,
  },
  "xml.depth": {
    severity: "error",
    title: "The manifest is nested more than {limit} levels deep",
    meaning: "The course was not opened.",
    fix: "Check the manifest; a normal one has ten levels or so.",
  },
  "xml.elements": {
    severity: "error",
    title: "The manifest has more than {limit} elements",
    meaning: "The course was not opened.",
    fix: "Check the manifest; a normal one has some thousand.",
  },
  "xml.time": {
    severity: "error",
    title: "Reading the manifest took too long",
    meaning: "The course was not opened; reading was stopped after {seconds} seconds.",
    fix: "Check the manifest; a normal one is read in a moment.",
  },
  "xml.schema": {
    severity: "warning",
    title: "The manifest does not follow its schema",
    meaning: "Learners notice nothing unless another finding says so. {detail}",
    fix: "Correct the line that is named, or update the authoring tool.",
    clause: "SCORM CAM: the XML schemas of the edition",
    otherLms: true,
  },
  "xml.schema.extension": {
    severity: "note",
    title: "The manifest has elements that are not SCORM's",
    meaning: "Learners notice nothing; they were skipped. {detail}",
    fix: "Nothing to do, unless another LMS refuses the package.",
    otherLms: true,
  },
  "xml.schema.more": {
    severity: "note",
    title: "There are {count} more places where the manifest does not follow its schema",
    meaning: "Learners notice nothing unless another finding says so.",
    fix: "Correct the first ones; the others often disappear with them.",
    otherLms: true,
  },
} as const satisfies Record<string, Rule>;
