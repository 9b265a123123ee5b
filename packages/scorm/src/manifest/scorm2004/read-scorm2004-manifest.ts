import type { ActivityTree, Edition } from "../../sequencing/activity-tree.ts";
import { readCourseMetadata } from "../course-metadata.ts";
import type { FileIndex } from "../file-index.ts";
import { type Finding, reportInto } from "../finding.ts";
import { manifestRules } from "../manifest-rules.ts";
import type { XmlElement } from "../xml-element.ts";
import { detectEdition } from "./edition.ts";
import { readActivityTree } from "./read-activity-tree.ts";
import { scorm2004Rules } from "./scorm2004-rules.ts";

/** What a SCORM 2004 manifest says, and what is to be said about it. */
export interface Scorm2004Reading {
  /** Absent when an `error` was found: a wrong package is refused whole. */
  readonly tree?: ActivityTree;
  /** Title of the organization, also when it cannot be played. */
  readonly title?: string;
  readonly edition: Edition;
  readonly findings: readonly Finding[];
}

/** Reads a manifest of the 2nd, 3rd or 4th edition by the rules that schemas cannot say. `file` is its name, for the findings. */
export function readScorm2004Manifest(
  manifest: XmlElement,
  files: FileIndex,
  file = "imsmanifest.xml",
): Scorm2004Reading {
  const findings: Finding[] = [];
  const report = reportInto(findings, { ...manifestRules, ...scorm2004Rules }, { file });
  const detected = detectEdition(manifest);
  const { title: metadataTitle } = readCourseMetadata(manifest);
  const tree = readActivityTree(manifest, files, detected, metadataTitle, report);
  const playable = tree && findings.every((finding) => finding.severity !== "error");
  const title = tree?.root.title ?? metadataTitle;
  return {
    ...(playable ? { tree } : {}),
    ...(title === undefined ? {} : { title }),
    edition: detected.edition,
    findings,
  };
}
