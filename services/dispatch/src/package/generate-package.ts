import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { PackageFailedSchema, PackageGeneratedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { PackageState } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { announce } from "../announce.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { launcherOf, packageMaker } from "./ensure-package.ts";
import { packageBlobs, type StoredPackage } from "./package-blobs.ts";
import { packageMetrics } from "./package-metrics.ts";
import { findPackage, type PackageRow, requirePackage, toPackage } from "./package-row.ts";
import { contentKey, packageFilename, packageSettings, packageSource } from "./package-source.ts";
import { templateFiles } from "./template/template-files.ts";
import { packageZip } from "./write-zip.ts";

/** A file with what it was made from. */
export interface MadePackage {
  readonly stored: StoredPackage;
  readonly filename: string;
  readonly launcherVersion: string;
  readonly signingKeyId: string;
  readonly contentKey: string;
}

/** The package, being generated from now on. Undefined: it is ready, has failed, or went with its dispatch. */
export async function beginGeneration(
  parts: DispatchParts,
  tenantId: string,
  packageId: string,
): Promise<PackageRow | undefined> {
  return inTenant(parts.pool(), tenantId, async (client) => {
    await client.query(
      `update package set state = ${PackageState.GENERATING} where tenant_id = $1 and id = $2 and state = ${PackageState.WAITING}`,
      [tenantId, packageId],
    );
    const row = await findPackage(client, tenantId, packageId);
    return row?.state === PackageState.GENERATING ? row : undefined;
  });
}

/** Writes a dispatch's package, as its settings are now. @throws LauncherMissing */
export async function makePackage(parts: DispatchParts, row: PackageRow, dispatchId: string): Promise<MadePackage> {
  const launcher = await launcherOf(parts, row.format);
  const maker = { ...(await packageMaker(parts, row.tenant_id, row.format)), launcherVersion: launcher.version };
  const source = await inTenant(parts.pool(), row.tenant_id, (client) =>
    packageSource(client, row.tenant_id, dispatchId),
  );
  const files = await templateFiles(packageSettings(source, maker, row.id, row.format), launcher);
  return {
    stored: await packageBlobs(parts).put(row.id, packageZip(files)),
    filename: packageFilename(source.title, row.format),
    launcherVersion: launcher.version,
    signingKeyId: maker.key.id,
    contentKey: contentKey(source, maker, row.format, row.css_url),
  };
}

/** The package is ready, unless somebody else was faster: both made the same bytes. */
export async function finishGeneration(
  parts: DispatchParts,
  row: PackageRow,
  made: MadePackage,
  milliseconds: number,
): Promise<void> {
  const { tenant_id: tenantId, id } = row;
  const { stored, filename, launcherVersion, signingKeyId } = made;
  const isNew = await inTenant(parts.pool(), tenantId, async (client) => {
    const { rowCount } = await client.query(
      `update package set state = ${PackageState.READY}, blob_hash = $3, size_bytes = $4, sha256 = $5, filename = $6, launcher_version = $7,
         signing_key_id = $8, content_key = $9, generation_ms = $10, ready_at = $11, error = ''
       where tenant_id = $1 and id = $2 and state = ${PackageState.GENERATING}`,
      [
        tenantId,
        id,
        stored.blobHash,
        stored.size,
        stored.sha256,
        filename,
        launcherVersion,
        signingKeyId,
        made.contentKey,
        Math.round(milliseconds),
        parts.now(),
      ],
    );
    if (!rowCount) return false;
    const event = create(PackageGeneratedSchema, { package: toPackage(await requirePackage(client, tenantId, id)) });
    await announce(client, tenantId, PackageGeneratedSchema, event);
    return true;
  });
  if (isNew) packageMetrics.generated(row.format, milliseconds);
}

/** The package has failed for good. @param sentence what the administrator reads. */
export async function failGeneration(
  parts: DispatchParts,
  { tenant_id: tenantId, id, format }: PackageRow,
  sentence: string,
): Promise<void> {
  packageMetrics.failed(format);
  await inTenant(parts.pool(), tenantId, async (client) => {
    const { rowCount } = await client.query(
      `update package set state = ${PackageState.FAILED}, error = $3 where tenant_id = $1 and id = $2 and state = ${PackageState.GENERATING}`,
      [tenantId, id, sentence],
    );
    if (!rowCount) return;
    const event = create(PackageFailedSchema, { package: toPackage(await requirePackage(client, tenantId, id)) });
    await announce(client, tenantId, PackageFailedSchema, event);
  });
}
