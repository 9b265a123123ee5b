import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

/** One file of a package; its bytes lie in the blob store under their hash. */
export const PackageFileEntity = defineEntity({
  name: "PackageFile",
  tableName: "package_file",
  properties: {
    tenantId: p.uuid(),
    packageId: p.uuid().primary(),
    path: p.text().primary(),
    pathFolded: p.text(),
    hash: p.text(),
    sizeBytes: p.bigint("number"),
    mediaType: p.text(),
  },
});

export type PackageFileRow = InferEntity<typeof PackageFileEntity>;
