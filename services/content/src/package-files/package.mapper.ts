import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type Package,
  type PackageFile,
  PackageFileSchema,
  PackageSchema,
} from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import type { PackageRow } from "./package.entity.ts";
import type { PackageFileRow } from "./package-file.entity.ts";

/** A package as the contract shows it. */
export function toPackage(row: PackageRow): Package {
  return create(PackageSchema, {
    id: row.id,
    outlineJson: row.outline,
    title: row.title,
    fileCount: row.fileCount,
    sizeBytes: BigInt(row.sizeBytes),
    createTime: timestampFromDate(row.createTime),
  });
}

/** A file as the contract shows it. */
export function toPackageFile(row: PackageFileRow): PackageFile {
  const { path, hash, mediaType, sizeBytes } = row;
  return create(PackageFileSchema, { path, hash, mediaType, sizeBytes: BigInt(sizeBytes) });
}
