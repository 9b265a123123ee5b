import type { Rule } from "@coursemesh/scorm/manifest/finding.ts";

/** Rules about the zip file as a whole. */
export const archiveRules = {
  "zip.not-zip": {
    severity: "error",
    title: "This file is {found}, not a zip",
    meaning: "Learners would get nothing: there is no course in it that could be opened.",
    fix: "Upload the zip that the authoring tool exports. Renaming another kind of file to .zip does not make it one.",
  },
  "zip.empty": {
    severity: "error",
    title: "The zip is empty",
    meaning: "There is nothing in it that could be opened.",
    fix: "Export the course again.",
  },
  "zip.broken": {
    severity: "error",
    title: "The zip is damaged",
    meaning: "Its table of contents cannot be read ({detail}), as happens when an upload or a download stops half-way.",
    fix: "Export or download the package again and upload it without opening it in between.",
  },
  "zip.parts": {
    severity: "error",
    title: "The zip is one part of several",
    meaning: "The other parts are missing, so it cannot be opened.",
    fix: "Export the course as one zip.",
  },
  "zip.size": {
    severity: "error",
    title: "The zip has {size} bytes, more than the {limit} that are allowed",
    meaning: "It was not opened.",
    fix: "Make videos smaller, or ask the administrator of this server for a higher limit.",
  },
  "zip.files": {
    severity: "error",
    title: "The zip has {count} entries, more than the {limit} that are allowed",
    meaning: "It was not opened.",
    fix: "Check what the zip contains; a normal course has some thousand files at most.",
  },
  "zip.total": {
    severity: "error",
    title: "Unpacked, the zip has more than the {limit} bytes that are allowed",
    meaning: "It was not unpacked.",
    fix: "Make videos smaller, or ask the administrator of this server for a higher limit.",
  },
  "zip.ratio": {
    severity: "error",
    title: "Unpacked, the zip is {ratio} times its size, more than the {limit} that are allowed",
    meaning: "It was not unpacked: files made to fill up a server look like this.",
    fix: "Check what the zip contains.",
  },
  "zip.overlap": {
    severity: "error",
    title: "{name} shares its bytes with another file of the zip",
    meaning: "The zip was not unpacked: files made to fill up a server look like this.",
    fix: "Export the course again.",
  },
} as const satisfies Record<string, Rule>;
