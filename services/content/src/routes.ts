import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { ImportService } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";

/** Every service of the content contract. */
export const contentServices: readonly DescService[] = [UploadService, ImportService, PackageService];

/** What answers them. */
export interface ContentRpcs {
  readonly uploads: ServiceImpl<typeof UploadService>;
  readonly imports: ServiceImpl<typeof ImportService>;
  readonly packages: ServiceImpl<typeof PackageService>;
}

/** @param rpcs looked up when the routes are registered. */
export function contentRoutes(router: ConnectRouter, rpcs: ContentRpcs): void {
  router.service(UploadService, rpcs.uploads);
  router.service(ImportService, rpcs.imports);
  router.service(PackageService, rpcs.packages);
}
