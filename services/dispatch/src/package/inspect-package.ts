import { buffer } from "node:stream/consumers";
import { create } from "@bufbuild/protobuf";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { PackageService as ContentPackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import {
  type InspectPackageResponse,
  InspectPackageResponseSchema,
  PackageFormat,
  PackageState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { aiccFindings } from "./aicc-findings.ts";
import { packageBlobs } from "./package-blobs.ts";
import { type PackageRow, requirePackage, SELECT_PACKAGES, stateName } from "./package-row.ts";
import { type ZipEntry, zipEntries } from "./zip-entries.ts";

/** Lists a package's files and what hosts would object to. @throws PACKAGE_NOT_FOUND, PACKAGE_NOT_READY */
export async function inspectPackage(
  parts: DispatchParts,
  tenantId: string,
  id: string,
): Promise<InspectPackageResponse> {
  const { row, members } = await inTenant(parts.pool(), tenantId, async (client) => ({
    row: await requirePackage(client, tenantId, id),
    members: (
      await client.query<PackageRow>(
        `${SELECT_PACKAGES} where p.id in (select package_id from package_member where tenant_id = $1 and archive_id = $2) order by p.id`,
        [tenantId, id],
      )
    ).rows,
  }));
  if (row.state !== PackageState.READY) throw errors.packageNotReady({ id, state: stateName(row) });
  const entries = await entriesOf(parts, row);
  const findings: string[] = [];
  if (row.dispatch_id !== null) findings.push(...(await findingsOf(parts, row, entries)));
  for (const member of members) {
    const inside = await findingsOf(parts, member, await entriesOf(parts, member));
    findings.push(...inside.map((finding) => `${member.filename}: ${finding}`));
  }
  return create(InspectPackageResponseSchema, {
    files: entries.map(({ path, size, sha256 }) => ({ path, sizeBytes: BigInt(size), sha256 })),
    findings,
  });
}

async function entriesOf(parts: DispatchParts, row: PackageRow): Promise<readonly ZipEntry[]> {
  const blobs = packageBlobs(parts);
  const entries: ZipEntry[] = [];
  for await (const entry of zipEntries((start, end) => blobs.read(row, start, end), Number(row.size_bytes)))
    entries.push(entry);
  return entries;
}

/** A package of a course is read by our own importer, with its schemas and rules. It knows no AICC, which is checked here. */
async function findingsOf(
  parts: DispatchParts,
  row: PackageRow,
  entries: readonly ZipEntry[],
): Promise<readonly string[]> {
  if (row.format === PackageFormat.AICC) {
    return aiccFindings(new Map(entries.map(({ path, bytes }) => [path.toLowerCase(), bytes?.toString() ?? ""])));
  }
  const zip = await buffer(packageBlobs(parts).read(row, 0, Number(row.size_bytes)));
  const { findings } = await runAs(serviceCaller("dispatch", row.tenant_id), () =>
    parts.clients.of(ContentPackageService).checkPackage({ zip }),
  );
  return findings.map(({ file, line, title }) => {
    const place = [file, line > 0 ? `line ${line}` : ""].filter(Boolean).join(", ");
    return place === "" ? title : `${place}: ${title}`;
  });
}
