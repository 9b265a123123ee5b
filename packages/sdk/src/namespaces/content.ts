import { ImportService } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";

/** Uploads, imports and packages. */
export const content = {
  imports: ImportService,
  packages: PackageService,
  uploads: UploadService,
} as const;
