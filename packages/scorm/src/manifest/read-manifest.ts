import type { CourseOutline } from "../course/course-outline.ts";
import { type AuthoringTool, detectAuthoringTool } from "./authoring-tool.ts";
import { type CourseMetadata, readCourseMetadata } from "./course-metadata.ts";
import { type DetectedStandard, detectStandard, IMSCP_SCORM12 } from "./detect-standard.ts";
import type { FileIndex } from "./file-index.ts";
import { type Finding, type Report, reportInto } from "./finding.ts";
import { type ManifestRuleId, manifestRules } from "./manifest-rules.ts";
import { readScorm12Outline } from "./scorm12/read-scorm12-outline.ts";
import { scorm12Rules } from "./scorm12/scorm12-rules.ts";
import { outlineOfTree } from "./scorm2004/outline-of-tree.ts";
import { readScorm2004Manifest } from "./scorm2004/read-scorm2004-manifest.ts";
import { childOf, descend, textOf, type XmlElement } from "./xml-element.ts";

/** What a manifest says, and what is to be said about it. */
export interface ManifestReading {
  /** Absent when an `error` was found: a wrong package is refused whole. */
  readonly outline?: CourseOutline;
  /** Title of the organization, also when it cannot be played. */
  readonly title?: string;
  readonly findings: readonly Finding[];
  readonly detected: DetectedStandard;
  readonly metadata: CourseMetadata;
  readonly tool?: AuthoringTool;
}

/** What the rules may ask besides the manifest. */
export interface ManifestContext {
  /** Name of the manifest in the package, for the findings. Default `imsmanifest.xml`. */
  readonly file?: string;
  /** Comments of the manifest, in which authoring tools name themselves. */
  readonly comments?: readonly string[];
}

/** Reads a manifest by the rules that schemas cannot say. */
export function readManifest(root: XmlElement, files: FileIndex, context: ManifestContext = {}): ManifestReading {
  const findings: Finding[] = [];
  const report = reportInto(
    findings,
    { ...manifestRules, ...scorm12Rules },
    { file: context.file ?? "imsmanifest.xml" },
  );
  const detected = detectStandard(root);
  const metadata = readCourseMetadata(root);
  const tool = detectAuthoringTool(root, context.comments ?? [], files);
  const known = { detected, metadata, ...(tool ? { tool } : {}) };

  if (root.name !== "manifest") {
    report("manifest.root", { name: root.name }, { line: root.line });
    return { findings, ...known };
  }
  if (detected.standard === "unknown") {
    report("manifest.standard.unknown", {}, { line: root.line });
    return { findings, ...known };
  }
  if (detected.standard === "scorm2004") {
    const { tree, title, findings: found } = readScorm2004Manifest(root, files, context.file);
    return {
      ...(tree ? { outline: outlineOfTree(root, tree) } : {}),
      ...(title === undefined ? {} : { title }),
      findings: found,
      ...known,
    };
  }
  if (detected.standard !== "scorm12") {
    report("manifest.standard.unsupported", { name: detected.name }, { line: root.line });
    return { findings, ...known };
  }
  checkDeclarations(root, detected, report);
  const outline = readScorm12Outline(root, files, metadata.title, report);
  const playable = outline && findings.every((finding) => finding.severity !== "error");
  const title = outline?.title ?? metadata.title;
  return { ...(playable ? { outline } : {}), ...(title === undefined ? {} : { title }), findings, ...known };
}

function checkDeclarations(root: XmlElement, detected: DetectedStandard, report: Report<ManifestRuleId>): void {
  const version = descend(root, "metadata", "schemaversion");
  if (textOf(version) !== "1.2") {
    const line = (version ?? childOf(root, "metadata") ?? root).line;
    report("manifest.schemaversion", { version: detected.schemaVersion ?? "not given" }, { line });
  }
  if (root.namespace !== IMSCP_SCORM12) {
    report("manifest.namespace", { namespace: root.namespace || "nothing" }, { line: root.line });
  }
  const inner = childOf(root, "manifest");
  if (inner) report("manifest.submanifest", {}, { line: inner.line });
}
