import type { Rule } from "@coursemesh/scorm/manifest/finding.ts";

const NOT_UNPACKED = "The zip was not unpacked, because such an entry can be meant to do harm.";
const EXPORT_AGAIN = "Export the course again with an up-to-date tool.";

/** Rules about the entries of a zip file. */
export const entryRules = {
  "zip.path.traversal": {
    severity: "error",
    title: "{name} climbs out of the package",
    meaning: NOT_UNPACKED,
    fix: EXPORT_AGAIN,
  },
  "zip.path.absolute": {
    severity: "error",
    title: "{name} is an absolute path",
    meaning: NOT_UNPACKED,
    fix: EXPORT_AGAIN,
  },
  "zip.path.characters": {
    severity: "error",
    title: "The name {name} has control characters",
    meaning: NOT_UNPACKED,
    fix: "Give the file a name of letters, digits, hyphens and dots.",
  },
  "zip.path.empty": {
    severity: "error",
    title: "The zip has a file without a name",
    meaning: "Nothing could open it.",
    fix: EXPORT_AGAIN,
  },
  "zip.path.length": {
    severity: "error",
    title: "The path {name} is longer than the {limit} characters that are allowed",
    meaning: "The zip was not unpacked.",
    fix: "Use shorter names of folders and files.",
  },
  "zip.path.depth": {
    severity: "error",
    title: "The path {name} has more than the {limit} folders that are allowed",
    meaning: "The zip was not unpacked.",
    fix: "Use fewer folders inside each other.",
  },
  "zip.path.duplicate": {
    severity: "error",
    title: "{name} is in the zip twice",
    meaning: "It is not clear which of the two learners should get.",
    fix: EXPORT_AGAIN,
  },
  "zip.path.case": {
    severity: "error",
    title: "{name} and {other} differ only in capital letters or accents",
    meaning: "It is not clear which of the two learners should get: web servers and computers answer that differently.",
    fix: "Rename one of the two.",
  },
  "zip.path.conflict": {
    severity: "error",
    title: "{name} is both a file and a folder",
    meaning: "It is not clear which of the two learners should get.",
    fix: EXPORT_AGAIN,
  },
  "zip.path.backslash": {
    severity: "warning",
    title: "{count} names in the zip have backslashes, for instance {name}",
    meaning: "Nothing changes for learners here; they were read as folders.",
    fix: "Export with a tool that writes forward slashes, as the zip format asks.",
    clause: "APPNOTE.TXT, 4.4.17.1",
    otherLms: true,
  },
  "zip.path.encoding": {
    severity: "note",
    title: "{count} names in the zip are in an unclear character set, for instance {name}",
    meaning: "If a page or a picture is missing, its name was read wrongly.",
    fix: "Use names of plain letters and digits, or a tool that marks names as UTF-8.",
    clause: "APPNOTE.TXT, appendix D",
    otherLms: true,
  },
  "zip.special": {
    severity: "error",
    title: "{name} is {kind}, not a file",
    meaning: NOT_UNPACKED,
    fix: "Put the file itself into the zip.",
  },
  "zip.encrypted": {
    severity: "error",
    title: "{name} is encrypted",
    meaning: "It cannot be opened without a password.",
    fix: "Export the course without a password.",
  },
  "zip.method": {
    severity: "error",
    title: "{name} is compressed with {method}",
    meaning: "Only the usual compression of zip files (deflate) can be read.",
    fix: "Zip the course with the usual settings.",
  },
  "zip.file-size": {
    severity: "error",
    title: "{name} has {size} bytes, more than the {limit} that one file may have",
    meaning: "The zip was not unpacked.",
    fix: "Make the file smaller, or ask the administrator of this server for a higher limit.",
  },
  "zip.file-ratio": {
    severity: "error",
    title: "Unpacked, {name} is {ratio} times its size, more than the {limit} that are allowed",
    meaning: "The zip was not unpacked: files made to fill up a server look like this.",
    fix: "Check what the file contains.",
  },
  "zip.entry.mismatch": {
    severity: "error",
    title: "The zip says two different things about {name}",
    meaning:
      "Its table of contents and the entry itself differ in {what}, so different programs would unpack different files.",
    fix: EXPORT_AGAIN,
  },
  "zip.entry.size": {
    severity: "error",
    title: "{name} does not have the size that the zip states",
    meaning: "The file is damaged, or the zip was made to look smaller than it is.",
    fix: EXPORT_AGAIN,
  },
  "zip.entry.checksum": {
    severity: "error",
    title: "{name} is damaged",
    meaning: "Its content does not match its checksum; learners could get a broken page.",
    fix: "Export or download the package again.",
  },
  "zip.entry.broken": {
    severity: "error",
    title: "{name} cannot be unpacked",
    meaning: "Its data are damaged ({detail}).",
    fix: "Export or download the package again.",
  },
} as const satisfies Record<string, Rule>;
