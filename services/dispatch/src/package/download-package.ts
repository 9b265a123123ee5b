import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { PackageDownloadedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import {
  type DownloadPackageRequest,
  type DownloadPackageResponseSchema,
  PackageState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { requireDownloadable } from "./may-download.ts";
import { packageBlobs } from "./package-blobs.ts";
import { packageMetrics } from "./package-metrics.ts";
import { type PackageRow, requirePackage, stateName } from "./package-row.ts";

/** A download that has begun goes on for this long although the dispatch expires or fills up meanwhile. */
const RESUME_MS = 60 * 60 * 1000;

/**
 * Sends a package whole or in part. A download counts once, when the file's last byte was taken, in however many parts and however often.
 * @throws PACKAGE_NOT_FOUND, PACKAGE_NOT_READY, PACKAGE_EXPIRED, USAGE_LIMIT_EXCEEDED, RANGE_INVALID
 */
export async function* downloadPackage(
  parts: DispatchParts,
  tenantId: string,
  request: DownloadPackageRequest,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof DownloadPackageResponseSchema>> {
  const row = await begin(parts, tenantId, request);
  const size = Number(row.size_bytes);
  const { start, end } = rangeOf(request, size);
  const file = packageBlobs(parts).read(row, start, end);
  // Whoever waits for a caller that is gone waits for ever: nobody takes what was last given, and nothing below is reached.
  const breakOff = (): void => {
    file.destroy();
    countFailure(parts, row).catch((error: unknown) =>
      parts.logger.warn({ err: error }, "a download that broke off was not counted"),
    );
  };
  signal.addEventListener("abort", breakOff, { once: true });
  try {
    const { filename, sha256 } = row;
    const header = { filename, contentType: "application/zip", sizeBytes: BigInt(size), etag: `"${sha256}"` };
    yield { part: { case: "header", value: header } };
    for await (const chunk of file) if (Buffer.isBuffer(chunk)) yield { part: { case: "chunk", value: chunk } };
  } catch (error) {
    if (!signal.aborted) breakOff();
    throw error;
  } finally {
    signal.removeEventListener("abort", breakOff);
    file.destroy();
  }
  if (end === size) await countDownload(parts, row, request.downloadId);
}

async function begin(
  parts: DispatchParts,
  tenantId: string,
  { id, downloadId }: DownloadPackageRequest,
): Promise<PackageRow> {
  try {
    return await inTenant(parts.pool(), tenantId, async (client) => {
      const row = await requirePackage(client, tenantId, id);
      if (row.state !== PackageState.READY || row.revoked) throw errors.packageNotReady({ id, state: stateName(row) });
      if (!(await hasBegun(client, row, downloadId, parts.now()))) await requireDownloadable(client, row, parts.now());
      await client.query(
        `insert into package_download (tenant_id, package_id, download_id, started_at) values ($1, $2, $3, $4) on conflict do nothing`,
        [tenantId, id, downloadId, parts.now()],
      );
      return row;
    });
  } catch (error) {
    packageMetrics.downloadFailed(reasonOf(error) ?? "INTERNAL");
    throw error;
  }
}

async function hasBegun(client: pg.ClientBase, { id }: PackageRow, downloadId: string, now: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    "select from package_download where package_id = $1 and download_id = $2 and started_at > $3",
    [id, downloadId, new Date(now.getTime() - RESUME_MS)],
  );
  return rowCount === 1;
}

function rangeOf({ offset, length }: DownloadPackageRequest, size: number): { start: number; end: number } {
  const start = Number(offset);
  if (start >= size) throw errors.rangeInvalid({ size_bytes: String(size) });
  return { start, end: length === 0n ? size : Math.min(size, start + Number(length)) };
}

/** Counts a download that was not counted yet, for the package and, of an archive, for all in it. */
async function countDownload(parts: DispatchParts, row: PackageRow, downloadId: string): Promise<void> {
  const { tenant_id: tenantId, id } = row;
  const now = parts.now();
  const isNew = await inTenant(parts.pool(), tenantId, async (client) => {
    const { rowCount } = await client.query(
      "update package_download set counted_at = $3 where package_id = $1 and download_id = $2 and counted_at is null",
      [id, downloadId, now],
    );
    if (!rowCount) return false;
    const { rows } = await client.query<{ id: string; dispatch_id: string | null }>(
      `update package set download_count = download_count + 1, last_download_at = $2
       where id in (select $1::uuid union select package_id from package_member where archive_id = $1) returning id, dispatch_id`,
      [id, now],
    );
    const given = rows.flatMap((it) =>
      it.dispatch_id === null ? [] : [{ packageId: it.id, dispatchId: it.dispatch_id }],
    );
    await client.query("update dispatch set download_count = download_count + 1 where id = any($1)", [
      given.map(({ dispatchId }) => dispatchId),
    ]);
    for (const it of given)
      await announce(client, tenantId, PackageDownloadedSchema, create(PackageDownloadedSchema, it));
    return true;
  });
  if (isNew) packageMetrics.downloaded(row.format);
}

async function countFailure(parts: DispatchParts, { tenant_id: tenantId, id }: PackageRow): Promise<void> {
  packageMetrics.downloadFailed("BROKEN_OFF");
  await inTenant(parts.pool(), tenantId, (client) =>
    client.query("update package set failed_download_count = failed_download_count + 1 where id = $1", [id]),
  );
}
