import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { BlobStore } from "@coursemesh/platform/blobs/blob-store.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { errors } from "../errors.ts";
import { checkPackage } from "../package/check-package.ts";
import type { PackageRow } from "./package.entity.ts";
import { toPackage, toPackageFile } from "./package.mapper.ts";
import type { PackageRepository } from "./package.repository.ts";
import type { PackageFileRow } from "./package-file.entity.ts";

/** PackageService. */
export function packageRpc(packages: PackageRepository, blobs: BlobStore): ServiceImpl<typeof PackageService> {
  const load = async (tenantId: string, id: string): Promise<PackageRow> => {
    const row = await packages.find(tenantId, id);
    if (!row) throw errors.packageNotFound({ id });
    return row;
  };
  const resolve = async (tenantId: string, packageId: string, path: string): Promise<PackageFileRow> => {
    const file = await packages.resolveFile(tenantId, packageId, path);
    if (!file) throw errors.packageFileNotFound({ path });
    return file;
  };

  return {
    async getPackage({ id }, context) {
      return { package: toPackage(await load(organizationOf(context), id)) };
    },

    async listPackageFiles({ packageId, page }, context) {
      const tenantId = organizationOf(context);
      const { fileCount } = await load(tenantId, packageId);
      const list = `package-files:${packageId}`;
      const start = readPageRequest(page, list);
      const read = await packages.listFiles(tenantId, packageId, start);
      const { rows, nextPageToken } = cutPage(read, start, list, (file) => [file.path]);
      const total = page?.withTotal ? { total: BigInt(fileCount) } : {};
      return { files: rows.map(toPackageFile), page: { nextPageToken, ...total } };
    },

    async resolveFile({ packageId, path }, context) {
      return { file: toPackageFile(await resolve(organizationOf(context), packageId, path)) };
    },

    async *readFile({ packageId, path }, context) {
      const tenantId = organizationOf(context);
      await load(tenantId, packageId);
      const { hash } = await resolve(tenantId, packageId, path);
      for await (const chunk of blobs.read(hash)) yield { chunk: chunk as Buffer };
    },

    async checkPackage({ zip }, context) {
      const { verdict, standardName = "", findings } = await checkPackage(zip, undefined, context.signal);
      return {
        playable: verdict !== "not_playable",
        standard: standardName,
        findings: findings.map(({ rule, severity, title, meaning, file = "", line = 0 }) => ({
          ...{ rule, severity, title: title.toWellFormed(), meaning: meaning.toWellFormed() },
          ...{ file: file.toWellFormed(), line },
        })),
      };
    },

    async deletePackage({ id }, context) {
      await packages.remove(organizationOf(context), id);
      return {};
    },
  };
}
