import type { Verdict } from "../import-report.ts";
import type { PackageLimits } from "../package-limits.ts";
import { type RawEnd, type RawEntry, rawZip } from "./raw-zip.ts";

/** A package that somebody could upload, and what must come of it. */
export interface HostilePackage {
  readonly name: string;
  readonly build: () => Buffer;
  readonly verdict: Verdict;
  /** Rule that the report must name; absent for a report without findings. */
  readonly rule?: string;
  /** Line of the manifest that the finding must name. */
  readonly line?: number;
  readonly limits?: Partial<PackageLimits>;
}

/** A manifest with one SCO; the parts can be replaced. */
export function manifestWith(parts: {
  readonly declaration?: string;
  readonly root?: string;
  readonly organizations?: string;
  readonly resources?: string;
  readonly before?: string;
}): string {
  const {
    declaration = '<?xml version="1.0" encoding="UTF-8"?>',
    before = "",
    root = 'identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
    organizations = '<organizations default="o"><organization identifier="o"><title>Course</title><item identifier="i" identifierref="r"><title>Lesson</title></item></organization></organizations>',
    resources = '<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource></resources>',
  } = parts;
  return `${declaration}
${before}<manifest ${root}>
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
${organizations}
${resources}
</manifest>`;
}

/** The files of a course that is in order. */
export function goodCourse(manifest: string | Uint8Array = manifestWith({})): RawEntry[] {
  return [
    { name: "imsmanifest.xml", content: manifest },
    { name: "index.html", content: "<!doctype html><title>Lesson</title>" },
  ];
}

/** A good course with more entries after it. */
export function courseAnd(...entries: readonly RawEntry[]): Buffer {
  return rawZip([...goodCourse(), ...entries]);
}

/** A refused package. */
export function refused(
  name: string,
  rule: string,
  build: () => Buffer,
  limits?: Partial<PackageLimits>,
): HostilePackage {
  return { name, rule, build, verdict: "not_playable", ...(limits ? { limits } : {}) };
}

/** A package that is accepted with something to say. */
export function noted(name: string, rule: string, build: () => Buffer): HostilePackage {
  return { name, rule, build, verdict: "ready_with_notes" };
}

/** A package that looks odd and is in order. */
export function ready(name: string, build: () => Buffer): HostilePackage {
  return { name, build, verdict: "ready" };
}

/** A course whose manifest is replaced whole. */
export function withManifest(manifest: string | Uint8Array, end?: RawEnd): () => Buffer {
  return () => rawZip(goodCourse(manifest), end);
}
