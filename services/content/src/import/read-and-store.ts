import { access } from "node:fs/promises";
import { errors } from "../errors.ts";
import type { PackageReading } from "../package/read-package.ts";
import { type ImportProgress, readPackage } from "../package/read-package.ts";
import { batchSink } from "./batch-sink.ts";
import { courseStandard } from "./course-standard.ts";
import { fetchPackage } from "./fetch-package.ts";
import type { ImportRow } from "./import.entity.ts";
import { ImportFailure } from "./import-failure.ts";
import { ImportCanceled, type ImportLease, LeaseLost } from "./import-lease.ts";
import type { RunImportDeps } from "./run-import.ts";

type Playable = Exclude<PackageReading, { verdict: "not_playable" }>;

/**
 * Reads an import's package and stores it, in this order: bytes are staged; rows are written, which nobody sees but which hold on to
 * their blobs; bytes get their place; the package becomes visible and the import publishing. A crash anywhere leaves nothing that
 * the next run does not find.
 * @throws ImportFailure, ImportCanceled, LeaseLost; faults of disk and database as they come.
 */
export async function readAndStore(
  deps: RunImportDeps,
  row: ImportRow,
  lease: ImportLease,
  signal: AbortSignal,
): Promise<void> {
  const { imports, packages, blobs } = deps;
  const job = { id: row.id, tenantId: row.tenantId };
  const source = await openSource(deps, row, lease, signal);
  if (!(await imports.change(job, lease.owner, { ...noProgress, state: "reading" }))) throw new LeaseLost();
  const batch = await blobs.batch(batchName(lease.owner));
  try {
    const sink = batchSink(batch, signal);
    const onProgress = (progress: ImportProgress) => lease.report(columns(progress));
    const reading = await readPackage(source, { sink, limits: deps.limits, onProgress, signal });
    if (reading.verdict === "not_playable") throw await refused(deps, row, lease, reading);
    signal.throwIfAborted();
    await packages.insert(packageRow(row, reading), newFiles(reading, sink.mediaTypes));
    await batch.publish();
    if (!(await imports.beginPublishing(job, lease.owner, row.packageId, JSON.stringify(reading.report)))) {
      throw (await imports.find(job.tenantId, job.id))?.cancelRequested ? new ImportCanceled() : new LeaseLost();
    }
  } finally {
    await batch.discard();
  }
}

/** Named by owner, not by import: a process that lost its lease may still be writing into its own. */
export function batchName(owner: string): string {
  return `import-${owner}`;
}

const noProgress = { bytesDone: 0, bytesTotal: 0, filesDone: 0, filesTotal: 0 };

async function openSource(
  { folder, egress, maxBytes, fetchSeconds, imports }: RunImportDeps,
  row: ImportRow,
  lease: ImportLease,
  signal: AbortSignal,
): Promise<string> {
  if (row.fetchUrl) {
    const job = { id: row.id, tenantId: row.tenantId };
    if (!(await imports.change(job, lease.owner, { ...noProgress, state: "fetching" }))) throw new LeaseLost();
    const path = folder.fetchPath(row.id);
    const onProgress = (bytesDone: number, bytesTotal: number) =>
      lease.report({ ...noProgress, bytesDone, bytesTotal });
    await fetchPackage(row.fetchUrl, path, { egress, maxBytes, maxSeconds: fetchSeconds, signal, onProgress });
    return path;
  }
  const path = folder.uploadPath(row.uploadId ?? "");
  await access(path).catch(() => {
    throw new ImportFailure("UPLOAD_NOT_FOUND", "The uploaded file is not there any more.");
  });
  return path;
}

/** Stores the report, and makes the failure with the first finding as its sentence. */
async function refused(
  { imports }: RunImportDeps,
  row: ImportRow,
  lease: ImportLease,
  { report }: PackageReading,
): Promise<ImportFailure> {
  const job = { id: row.id, tenantId: row.tenantId };
  await imports.change(job, lease.owner, { report: JSON.stringify(report) });
  const [first] = report.findings;
  return new ImportFailure("", first ? `${first.title.toWellFormed()}.` : errors.packageRefused().rawMessage);
}

function packageRow(row: ImportRow, { outline, report, files }: Playable) {
  return {
    id: row.packageId,
    tenantId: row.tenantId,
    importId: row.id,
    ready: false,
    outline: JSON.stringify(outline),
    standard: courseStandard(outline),
    title: outline.title,
    fileCount: files.length,
    sizeBytes: files.reduce((sum, file) => sum + file.size, 0),
    createTime: new Date(),
  };
}

function newFiles({ files }: Playable, mediaTypes: ReadonlyMap<string, string>) {
  return files.map((file) => ({ ...file, mediaType: mediaTypes.get(file.path) ?? "application/octet-stream" }));
}

function columns({ bytesDone, bytesTotal, filesDone, filesTotal }: ImportProgress) {
  return { bytesDone, bytesTotal, filesDone, filesTotal };
}
