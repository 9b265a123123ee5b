import { type FileHandle, open } from "node:fs/promises";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { createFileIndex } from "@coursemesh/scorm/manifest/file-index.ts";
import type { Finding } from "@coursemesh/scorm/manifest/finding.ts";
import { type ManifestReading, readManifest } from "@coursemesh/scorm/manifest/read-manifest.ts";
import { directoryFindings } from "./directory-findings.ts";
import { findManifest } from "./find-manifest.ts";
import { type ImportReport, type ImportStage, makeReport } from "./import-report.ts";
import { type PackageLimits, packageLimits } from "./package-limits.ts";
import { PackageRefusal, refusal } from "./package-refusal.ts";
import type { PackageSink, StoredFile } from "./package-sink.ts";
import { schemaFindings } from "./schema-findings.ts";
import { storeFiles } from "./store-files.ts";
import { readXml } from "./xml/read-xml.ts";
import { readDirectory } from "./zip/read-directory.ts";
import { readWhole } from "./zip/read-whole.ts";
import { sniffNonZip } from "./zip/sniff-file.ts";
import { WindowReader } from "./zip/window-reader.ts";

/** What reading a package needs. */
export interface ReadPackageOptions {
  readonly sink: PackageSink;
  /** Overrides of single limits. */
  readonly limits?: Partial<PackageLimits> | undefined;
  /** Called at every stage and after every file; the receiver thins out. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How far an import is. */
export interface ImportProgress {
  readonly stage: ImportStage;
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** A package that may be played, or the reasons why not. */
export type PackageReading =
  | {
      readonly verdict: "ready" | "ready_with_notes";
      readonly outline: CourseOutline;
      /** Every file of the package, by path. */
      readonly files: readonly StoredFile[];
      readonly report: ImportReport;
    }
  | { readonly verdict: "not_playable"; readonly files: readonly []; readonly report: ImportReport };

/**
 * Reads an uploaded package: its directory, its manifest, and only when both are playable its files, which go to the sink.
 * A refusal is a value, and nothing of a refused package stays in the sink. Faults of the disk or the sink and an aborted
 * signal are thrown, after the sink has been told to abandon what it had.
 *
 * Memory beside the process itself stays under 96 MiB whatever the package holds: pieces of 64 KiB, four files at once,
 * a directory of 20,000 entries and a manifest of 4 MiB at most with the default limits.
 */
export async function readPackage(zipPath: string, options: ReadPackageOptions): Promise<PackageReading> {
  const reading = new Reading(packageLimits.parse(options.limits ?? {}), options);
  const file = await open(zipPath, "r");
  try {
    return await reading.run(file);
  } catch (error) {
    await options.sink.abandon(reading.stored);
    if (error instanceof PackageRefusal) return reading.refused(error.finding);
    throw error;
  } finally {
    await file.close();
  }
}

class Reading {
  readonly stored: StoredFile[] = [];
  readonly #limits: PackageLimits;
  readonly #options: ReadPackageOptions;
  readonly #started = performance.now();
  readonly #findings: Finding[] = [];
  #stage: ImportStage = "opening";
  #manifest: ManifestReading | undefined;
  #packageBytes = 0;
  #files = 0;
  #bytes = 0;
  #bytesDone = 0;

  constructor(limits: PackageLimits, options: ReadPackageOptions) {
    this.#limits = limits;
    this.#options = options;
  }

  async run(file: FileHandle): Promise<PackageReading> {
    const { sink, signal } = this.#options;
    await this.#openZip(file);
    const reader = new WindowReader(file);

    this.#enter("listing");
    const directory = await readDirectory(reader, this.#packageBytes, this.#limits, signal);
    this.#findings.push(...directoryFindings(directory));
    this.#files = directory.entries.length;
    this.#bytes = directory.totalBytes;
    const course = findManifest(directory.entries);
    this.#findings.push(...course.findings);
    this.#files = course.entries.length;

    this.#enter("manifest");
    const { manifest, folder } = course;
    const limit = this.#limits.manifestBytes;
    if (manifest.size > limit) {
      throw refusal("package.manifest.size", { size: String(manifest.size), limit: String(limit) });
    }
    const name = manifest.path.slice(folder.length);
    const xml = await readXml(await readWhole(file, reader, manifest), name, this.#limits, signal);
    const paths = course.entries.map((entry) => entry.path.slice(folder.length));
    const { comments } = xml;
    const understood = readManifest(xml.root, createFileIndex(paths), {
      file: name,
      comments,
    });
    this.#manifest = understood;
    this.#findings.push(...xml.findings, ...understood.findings, ...schemaFindings(xml, name, understood.findings));
    const { outline } = understood;
    if (!outline) return this.refused();

    this.#enter("files");
    const onStored = (stored: StoredFile) => {
      this.stored.push(stored);
      this.#bytesDone += stored.size;
      this.#tell();
    };
    await storeFiles({ file, reader, entries: course.entries, folder, sink, signal, onStored });
    signal?.throwIfAborted();
    const report = this.#report({ outline });
    const verdict = report.verdict === "ready" ? "ready" : "ready_with_notes";
    const files = this.stored.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { verdict, outline, files, report };
  }

  refused(finding?: Finding): PackageReading {
    if (finding) this.#findings.push(finding);
    return { verdict: "not_playable", files: [], report: this.#report({ failedStage: this.#stage }) };
  }

  async #openZip(file: FileHandle): Promise<void> {
    this.#enter("opening");
    const { size } = await file.stat();
    this.#packageBytes = size;
    if (size > this.#limits.packageBytes) {
      throw refusal("zip.size", { size: String(size), limit: String(this.#limits.packageBytes) });
    }
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    const found = sniffNonZip(buffer.subarray(0, bytesRead));
    if (found) throw refusal("zip.not-zip", { found });
  }

  #report(result: { outline?: CourseOutline; failedStage?: ImportStage }): ImportReport {
    return makeReport({
      ...result,
      findings: this.#findings,
      ...(this.#manifest ? { manifest: this.#manifest } : {}),
      files: this.#files,
      bytes: this.#bytes,
      packageBytes: this.#packageBytes,
      durationMs: Math.round(performance.now() - this.#started),
    });
  }

  #enter(stage: ImportStage): void {
    this.#options.signal?.throwIfAborted();
    this.#stage = stage;
    this.#tell();
  }

  #tell(): void {
    this.#options.onProgress?.({
      stage: this.#stage,
      filesDone: this.stored.length,
      filesTotal: this.#files,
      bytesDone: this.#bytesDone,
      bytesTotal: this.#bytes,
    });
  }
}
