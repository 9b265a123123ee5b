import { type ActivityOutline, type CourseOutline, leavesOf } from "@coursemesh/scorm/course/course-outline.ts";
import type { AuthoringTool } from "@coursemesh/scorm/manifest/authoring-tool.ts";
import type { Finding } from "@coursemesh/scorm/manifest/finding.ts";
import type { ManifestReading } from "@coursemesh/scorm/manifest/read-manifest.ts";

/** What an import comes to. */
export type Verdict = "ready" | "ready_with_notes" | "not_playable";

/** Steps of an import, in their order. */
export type ImportStage = "opening" | "listing" | "manifest" | "files";

/** The report of one import; plain JSON, stored as it is and shown to authors and administrators. */
export interface ImportReport {
  readonly verdict: Verdict;
  /** Errors first, then warnings, then notes; inside each by line. */
  readonly findings: readonly Finding[];
  /** The stage that refused the package. */
  readonly failedStage?: ImportStage;
  /** For people: "SCORM 1.2". */
  readonly standardName?: string;
  readonly schemaVersion?: string;
  readonly tool?: AuthoringTool;
  readonly title?: string;
  readonly description?: string;
  readonly keywords: readonly string[];
  readonly typicalLearningTime?: string;
  /** Items in the table of contents, and how many of them are SCOs and assets. */
  readonly activities: number;
  readonly scos: number;
  readonly assets: number;
  readonly files: number;
  /** Bytes of all files, unpacked. */
  readonly bytes: number;
  /** Bytes of the zip. */
  readonly packageBytes: number;
  readonly durationMs: number;
  /** What was checked and found in order or not, for a report without findings. */
  readonly checks: readonly string[];
}

/** What a report is made of; later stages may be missing. */
export interface ReportParts {
  readonly findings: readonly Finding[];
  readonly manifest?: ManifestReading;
  readonly outline?: CourseOutline;
  readonly failedStage?: ImportStage;
  readonly files: number;
  readonly bytes: number;
  readonly packageBytes: number;
  readonly durationMs: number;
}

const CHECKS: Readonly<Record<ImportStage, string>> = {
  opening: "The file is a zip within the size limit",
  listing: "Names, links, encryption, sizes and compression of all entries",
  manifest: "Manifest: XML, schema, organization, items, resources and launch files",
  files: "Every file unpacked, with its size and checksum compared",
};

const SEVERITIES = ["error", "warning", "note"] as const;

/** Puts a report together. */
export function makeReport(parts: ReportParts): ImportReport {
  const { findings, manifest, outline, failedStage } = parts;
  const leaves = outline ? leavesOf(outline.activities) : [];
  const scos = leaves.filter((leaf) => leaf.launch?.type === "sco").length;
  const stages = Object.keys(CHECKS) as ImportStage[];
  const reached = failedStage ? stages.slice(0, stages.indexOf(failedStage) + 1) : stages;
  return {
    verdict: verdictOf(findings),
    findings: sorted(findings),
    ...(failedStage ? { failedStage } : {}),
    ...(manifest && manifest.detected.standard !== "unknown" ? { standardName: manifest.detected.name } : {}),
    ...(manifest?.detected.schemaVersion ? { schemaVersion: manifest.detected.schemaVersion } : {}),
    ...(manifest?.tool ? { tool: manifest.tool } : {}),
    ...(manifest?.title === undefined ? {} : { title: manifest.title }),
    ...(manifest?.metadata.description ? { description: manifest.metadata.description } : {}),
    keywords: manifest?.metadata.keywords ?? [],
    ...(manifest?.metadata.typicalLearningTime ? { typicalLearningTime: manifest.metadata.typicalLearningTime } : {}),
    activities: outline ? countActivities(outline.activities) : 0,
    scos,
    assets: leaves.length - scos,
    files: parts.files,
    bytes: parts.bytes,
    packageBytes: parts.packageBytes,
    durationMs: parts.durationMs,
    checks: reached.map((stage) => CHECKS[stage]),
  };
}

function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some((finding) => finding.severity === "error")) return "not_playable";
  return findings.length > 0 ? "ready_with_notes" : "ready";
}

function sorted(findings: readonly Finding[]): Finding[] {
  const rank = (finding: Finding) => SEVERITIES.indexOf(finding.severity);
  return [...findings].sort((a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0));
}

function countActivities(activities: readonly ActivityOutline[]): number {
  return activities.reduce((sum, activity) => sum + 1 + countActivities(activity.children), 0);
}
