import type { Finding } from "@coursemesh/scorm/manifest/finding.ts";
import { reportInto } from "@coursemesh/scorm/manifest/finding.ts";
import { refusal } from "./package-refusal.ts";
import { type PackageRuleId, packageRules } from "./package-rules.ts";
import type { PackageEntry } from "./zip/package-entry.ts";

/** Where the course lies in the zip. */
export interface CoursePlace {
  readonly manifest: PackageEntry;
  /** Folder that is taken off every path, with its slash; empty when the manifest lies at the top. */
  readonly folder: string;
  /** Files of the course, without the litter of the computer that made the zip. */
  readonly entries: readonly PackageEntry[];
  readonly findings: readonly Finding[];
}

const MANIFEST = "imsmanifest.xml";
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]*$)/i;

/** Files by which other standards are known, in the order in which they are looked for. */
const OTHER_STANDARDS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)cmi5\.xml$/i, "cmi5"],
  [/(?:^|\/)tincan\.xml$/i, "xAPI (Tin Can)"],
  [/\.(?:au|crs)$/i, "AICC"],
  [/^h5p\.json$/i, "H5P"],
];

/** Finds the manifest at the top of the zip, or in the one folder that holds everything; refuses what is not one course. */
export function findManifest(all: readonly PackageEntry[]): CoursePlace {
  const findings: Finding[] = [];
  const report = reportInto<PackageRuleId>(findings, packageRules);
  const entries = all.filter((entry) => !LITTER.test(entry.path));
  const litter = all.find((entry) => LITTER.test(entry.path));
  if (litter) report("package.litter", { count: String(all.length - entries.length), example: litter.path });

  const manifest = chooseManifest(entries);
  const folder = manifest.path.slice(0, -MANIFEST.length);
  if (folder !== "") {
    if (entries.some((entry) => !entry.path.startsWith(folder))) {
      throw refusal("package.manifest.nested", { folder: folder.slice(0, -1) }, { file: manifest.path });
    }
    report("package.folder", { folder: folder.slice(0, -1) }, { file: manifest.path });
  }
  const name = manifest.path.slice(folder.length);
  if (name !== MANIFEST) report("package.manifest.case", { name }, { file: manifest.path });
  return { manifest, folder, entries, findings };
}

function chooseManifest(entries: readonly PackageEntry[]): PackageEntry {
  const manifests = entries.filter((entry) => baseName(entry.path).toLowerCase() === MANIFEST);
  const top = manifests.find((entry) => !entry.path.includes("/"));
  if (top) return top;
  const depth = (entry: PackageEntry) => entry.path.split("/").length;
  const highest = Math.min(...manifests.map(depth));
  const candidates = manifests.filter((entry) => depth(entry) === highest);
  const [only, ...others] = candidates;
  if (!only) throw withoutManifest(entries);
  if (others.length > 0) {
    const folders = candidates.slice(0, 5).map((entry) => entry.path.slice(0, -MANIFEST.length - 1));
    throw refusal("package.several", { folders: folders.join(", ") });
  }
  return only;
}

function withoutManifest(entries: readonly PackageEntry[]): Error {
  for (const [pattern, name] of OTHER_STANDARDS) {
    const telling = entries.find((entry) => pattern.test(entry.path));
    if (telling) return refusal("package.standard.unsupported", { name }, { file: telling.path });
  }
  const inner = entries.find((entry) => /\.zip$/i.test(entry.path));
  if (inner && entries.length <= 3) return refusal("package.nested-zip", { name: inner.path });
  return refusal("package.manifest.missing");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
