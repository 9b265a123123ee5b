import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { announce } from "@coursemesh/platform/events/outbox.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import { PackageDeletedSchema } from "@coursemesh/proto/coursemesh/content/v1/events_pb.ts";
import type pg from "pg";
import type { Storage } from "../storage.ts";
import { BLOB_REFERENCES, COLLECT_GARBAGE } from "./blob-garbage.ts";
import { PackageEntity, type PackageRow } from "./package.entity.ts";
import { PackageFileEntity, type PackageFileRow } from "./package-file.entity.ts";
import { foldPath, pathCandidates } from "./path-candidates.ts";

/** A file of a package that is about to be stored. */
export interface NewPackageFile {
  readonly path: string;
  readonly hash: string;
  readonly size: number;
  readonly mediaType: string;
}

/** Rows of packages and their files. */
export interface PackageRepository {
  /** Writes a package that nobody sees yet; from then on its blobs are not collected. */
  insert(row: PackageRow, files: readonly NewPackageFile[]): Promise<void>;
  find(tenantId: string, id: string): Promise<PackageRow | undefined>;
  listFiles(tenantId: string, packageId: string, page: PageStart): Promise<PackageFileRow[]>;
  /** The file that a request's path means; see `pathCandidates`. */
  resolveFile(tenantId: string, packageId: string, requested: string): Promise<PackageFileRow | undefined>;
  /** Removes a package, ready or not; its blobs go when no other package has them. Announced when it was ready. */
  remove(tenantId: string, id: string): Promise<void>;
}

export function packageRepository(storage: Storage): PackageRepository {
  return {
    insert: ({ tenantId, ...row }, files) =>
      inTenant(storage.database.pool, tenantId, async (client) => {
        await client.query("select pg_advisory_xact_lock_shared($1)", [BLOB_REFERENCES]);
        await client.query(
          `insert into package (id, tenant_id, import_id, ready, outline, standard, title, file_count, size_bytes, create_time)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [
            row.id,
            tenantId,
            row.importId,
            row.ready,
            row.outline,
            row.standard,
            row.title,
            row.fileCount,
            row.sizeBytes,
            row.createTime,
          ],
        );
        await insertFiles(client, tenantId, row.id, files);
      }),

    async find(tenantId, id) {
      return (
        (await storage.database.tenant(tenantId).findOne(PackageEntity, { id, tenantId, ready: true })) ?? undefined
      );
    },

    listFiles: (tenantId, packageId, { limit, after }) =>
      storage.database
        .tenant(tenantId)
        .find(
          PackageFileEntity,
          { tenantId, packageId, ...(after ? { path: { $gt: String(after[0]) } } : {}) },
          { orderBy: { path: "asc" }, limit: limit + 1 },
        ),

    async resolveFile(tenantId, packageId, requested) {
      const paths = pathCandidates(requested);
      if (paths.length === 0) return undefined;
      const folded = [...new Set(paths.map(foldPath))];
      const found = await storage.database
        .tenant(tenantId)
        .find(
          PackageFileEntity,
          { tenantId, packageId, pathFolded: { $in: folded } },
          { orderBy: { path: "asc" }, limit: 50 },
        );
      for (const path of paths) {
        const exact = found.find((file) => file.path === path);
        if (exact) return exact;
      }
      for (const path of folded) {
        const alike = found.find((file) => file.pathFolded === path);
        if (alike) return alike;
      }
      return undefined;
    },

    remove: (tenantId, id) =>
      inTenant(storage.database.pool, tenantId, async (client) => {
        const { rows } = await client.query<{ ready: boolean }>(
          "select ready from package where id = $1 and tenant_id = $2 for update",
          [id, tenantId],
        );
        const [found] = rows;
        if (!found) return;
        await client.query(
          "insert into blob_garbage (hash, tenant_id) select distinct hash, $2::uuid from package_file where package_id = $1 on conflict do nothing",
          [id, tenantId],
        );
        await client.query("delete from package where id = $1 and tenant_id = $2", [id, tenantId]);
        if (found.ready) await announceDeletion(client, tenantId, id);
        await storage.jobs.add(COLLECT_GARBAGE, {}, { key: COLLECT_GARBAGE }, client);
      }),
  };
}

/** One statement for all files: five thousand take a fraction of a second. */
async function insertFiles(
  client: pg.ClientBase,
  tenantId: string,
  packageId: string,
  files: readonly NewPackageFile[],
): Promise<void> {
  await client.query(
    `insert into package_file (tenant_id, package_id, path, path_folded, hash, size_bytes, media_type)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[])`,
    [
      tenantId,
      packageId,
      files.map((file) => file.path),
      files.map((file) => foldPath(file.path)),
      files.map((file) => file.hash),
      files.map((file) => file.size),
      files.map((file) => file.mediaType),
    ],
  );
}

async function announceDeletion(client: pg.ClientBase, tenantId: string, packageId: string): Promise<void> {
  await announce(client, tenantId, PackageDeletedSchema, create(PackageDeletedSchema, { packageId }));
}
