import type { BlobStore } from "@coursemesh/platform/blobs/blob-store.ts";
import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import type { JobHandler } from "@coursemesh/platform/jobs/jobs.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { Logger } from "pino";
import type { PackageLimits } from "../package/package-limits.ts";
import type { PackageRepository } from "../package-files/package.repository.ts";
import type { UploadRepository } from "../upload/upload.repository.ts";
import type { UploadFolder } from "../upload/upload-folder.ts";
import type { ImportRow } from "./import.entity.ts";
import type { ImportJob, ImportRepository } from "./import.repository.ts";
import { ImportFailure } from "./import-failure.ts";
import { ImportCanceled, ImportLease, LeaseLost } from "./import-lease.ts";
import { publishPackage } from "./publish-package.ts";
import { batchName, readAndStore } from "./read-and-store.ts";
import { removeSource } from "./remove-source.ts";

/** What running an import needs. */
export interface RunImportDeps {
  readonly imports: ImportRepository;
  readonly uploads: UploadRepository;
  readonly packages: PackageRepository;
  readonly folder: UploadFolder;
  readonly blobs: BlobStore;
  readonly clients: Clients;
  readonly logger: Logger;
  readonly egress: Egress;
  readonly limits: Partial<PackageLimits>;
  /** Bytes of a package file. */
  readonly maxBytes: number;
  readonly fetchSeconds: number;
  readonly leaseSeconds: number;
  readonly maxAttempts: number;
}

/**
 * The job that takes an import from its source to a course version. It may be run again at any point, by the same process or by
 * another after a crash: what is half done is removed and done again, and publishing is asked for under the import's id.
 */
export function runImport(deps: RunImportDeps): JobHandler<ImportJob> {
  return async (job, { signal }) => {
    const lease = new ImportLease(deps.imports, job, deps.leaseSeconds);
    const row = await lease.claim();
    if (!row) return;
    const either = AbortSignal.any([signal, lease.signal]);
    try {
      await advance(deps, job, lease, row, either);
    } catch (error) {
      await lease.stop();
      await settle(deps, row, lease, error, signal.aborted);
    } finally {
      await lease.stop();
    }
  };
}

async function advance(
  deps: RunImportDeps,
  job: ImportJob,
  lease: ImportLease,
  claimed: ImportRow,
  signal: AbortSignal,
): Promise<void> {
  const { imports, packages, clients } = deps;
  if (lease.previousOwner) await (await deps.blobs.batch(batchName(lease.previousOwner))).discard();
  if (claimed.cancelRequested && claimed.state !== "publishing") throw new ImportCanceled();
  if (claimed.attempts > deps.maxAttempts) throw outOfAttempts();
  let row: ImportRow | undefined = claimed;
  if (claimed.state !== "publishing") {
    // Left by a process that died between storing a package and showing it.
    await packages.remove(job.tenantId, claimed.packageId);
    await readAndStore(deps, claimed, lease, signal);
    row = await imports.find(job.tenantId, job.id);
  }
  const package_ = await packages.find(job.tenantId, claimed.packageId);
  if (!row || !package_)
    throw new ImportFailure("PACKAGE_NOT_FOUND", "The package was removed before it was published.");
  const made = await publishPackage(clients, row, package_);
  await lease.stop();
  await deps.folder.remove(deps.folder.fetchPath(row.id));
  const ids = { madeCourseId: made.courseId, courseVersionId: made.courseVersionId };
  if (await imports.end(job, lease.owner, "complete", ids)) await removeSource(deps, row);
}

/** Ends the import, or leaves it for another try by throwing. */
async function settle(
  deps: RunImportDeps,
  row: ImportRow,
  lease: ImportLease,
  error: unknown,
  stopping: boolean,
): Promise<void> {
  const { imports, packages, logger } = deps;
  const job = { id: row.id, tenantId: row.tenantId };
  const cause = lease.signal.aborted ? lease.signal.reason : error;
  // Whoever has the lease now removes what is half done, and must not find it gone.
  if (cause instanceof LeaseLost) return;
  // What was downloaded is of no use to another try, which downloads again.
  await deps.folder.remove(deps.folder.fetchPath(row.id));
  const lastTry = row.attempts >= deps.maxAttempts && !stopping;
  if (cause instanceof ImportCanceled) {
    await packages.remove(row.tenantId, row.packageId);
    if (await imports.end(job, lease.owner, "canceled", {})) await removeSource(deps, row);
  } else if (cause instanceof ImportFailure || lastTry) {
    const failure = cause instanceof ImportFailure ? cause : outOfAttempts();
    if (!(cause instanceof ImportFailure)) logger.error({ err: cause, import_id: row.id }, "an import failed for good");
    await packages.remove(row.tenantId, row.packageId);
    const told = { errorMessage: failure.message, errorReason: failure.reason };
    const ended = await imports.end(job, lease.owner, "failed", told);
    // A package that cannot be played is of no use; for another cause the upload may be imported again.
    if (ended && failure.reason === "") await removeSource(deps, row);
  } else {
    await imports.release(job, lease.owner, !stopping);
    throw cause;
  }
}

function outOfAttempts(): ImportFailure {
  return new ImportFailure("INTERNAL", "The import was tried several times and broke off each time.");
}
