import { inTenant } from "@coursemesh/platform/db/database.ts";
import { PackageState } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { ensurePackage, packageMaker } from "./ensure-package.ts";
import { beginGeneration, finishGeneration, type MadePackage, makePackage } from "./generate-package.ts";
import { packageBlobs } from "./package-blobs.ts";
import { findPackage, type PackageRow } from "./package-row.ts";
import { archiveZip } from "./write-zip.ts";

/** A destination without anything that may be given away. */
export class NothingToArchive extends Error {
  constructor() {
    super(
      "No dispatch of this destination may be downloaded: there is none, or all have expired or reached their limit.",
    );
  }
}

/**
 * Makes all packages of a destination in one format and stores the zip of them. Dispatches whose package may not be downloaded by itself
 * are left out.
 * @throws NothingToArchive, LauncherMissing
 */
export async function storeArchive(parts: DispatchParts, archive: PackageRow): Promise<MadePackage> {
  const { tenant_id: tenantId, destination_id: destinationId } = archive;
  const ids = await downloadableDispatches(parts, tenantId, destinationId ?? "");
  if (ids.length === 0) throw new NothingToArchive();
  const members: PackageRow[] = [];
  for (const dispatchId of ids) members.push(await readyPackage(parts, archive, dispatchId));
  await inTenant(parts.pool(), tenantId, (client) =>
    client.query(
      `insert into package_member (archive_id, package_id, tenant_id)
       select $1, unnest($2::uuid[]), $3 on conflict do nothing`,
      [archive.id, members.map(({ id }) => id), tenantId],
    ),
  );
  const blobs = packageBlobs(parts);
  const paths = distinctPaths(members.map(({ filename }) => filename));
  const zip = archiveZip(
    members.map((member, index) => {
      const size = Number(member.size_bytes);
      return { path: paths[index] ?? member.filename, size, open: () => blobs.read(member, 0, size) };
    }),
  );
  return {
    stored: await blobs.put(archive.id, zip),
    filename: archive.filename,
    launcherVersion: members[0]?.launcher_version ?? "",
    signingKeyId: "",
    contentKey: "",
  };
}

async function downloadableDispatches(
  parts: DispatchParts,
  tenantId: string,
  destinationId: string,
): Promise<readonly string[]> {
  return inTenant(parts.pool(), tenantId, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select d.id from dispatch d join licence_usage u on u.subject_id = d.id where d.tenant_id = $1 and d.destination_id = $2
         and (d.expires_at is null or d.expires_at > $3) and (d.usage_limit = 0 or u.used < d.usage_limit) order by d.name_key, d.id`,
      [tenantId, destinationId, parts.now()],
    );
    return rows.map(({ id }) => id);
  });
}

/** The dispatch's package, generated here and now if it was not yet. */
async function readyPackage(parts: DispatchParts, archive: PackageRow, dispatchId: string): Promise<PackageRow> {
  const { tenant_id: tenantId, format, css_url: cssUrl } = archive;
  const maker = await packageMaker(parts, tenantId, format);
  const wanted = { tenantId, dispatchId, format, cssUrl };
  const { row } = await inTenant(parts.pool(), tenantId, (client) => ensurePackage(parts, client, maker, wanted));
  if (row.state === PackageState.READY) return row;
  // Its own job may be making it too.
  const started = performance.now();
  const begun = await beginGeneration(parts, tenantId, row.id);
  if (begun)
    await finishGeneration(parts, begun, await makePackage(parts, begun, dispatchId), performance.now() - started);
  const made = await inTenant(parts.pool(), tenantId, (client) => findPackage(client, tenantId, row.id));
  if (made?.state !== PackageState.READY) throw new Error(`package ${row.id} of the archive is not ready`);
  return made;
}

/** Names of files, with a number where two are the same but for case. */
export function distinctPaths(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name.toLowerCase()) ?? 0) + 1;
    seen.set(name.toLowerCase(), count);
    return count === 1 ? name : name.replace(/(\.zip)?$/, `-${count}$1`);
  });
}
