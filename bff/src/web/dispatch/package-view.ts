import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { type Package, PackageFormat, PackageService } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { DispatchPackageViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import type { ViewDeps } from "../view-deps.ts";
import { valueOfText } from "../webhook/value-of-text.ts";
import { toPackageRow } from "./package-row.mapper.ts";

/** Packages of the dispatch pages. */
export function packageView({ clients }: ViewDeps): ServiceImpl<typeof DispatchPackageViewService> {
  const packages = clients.of(PackageService);
  const rowOf = ({ package: made }: { package?: Package | undefined }) => (made ? { package: toPackageRow(made) } : {});
  return {
    async createPackage({ requestId, dispatchId, destinationId, format }) {
      return rowOf(
        await packages.createPackage({
          requestId: requestId || uuidV7(),
          of:
            dispatchId === ""
              ? { case: "destinationId", value: destinationId }
              : { case: "dispatchId", value: dispatchId },
          format: valueOfText(PackageFormat, format, "format"),
        }),
      );
    },

    async getPackage({ id }) {
      return rowOf(await packages.getPackage({ id }));
    },

    async revokePackage({ id }) {
      await packages.revokePackage({ id });
      return {};
    },

    async revokePackages({ dispatchId }) {
      const { revokedCount } = await clients.of(DispatchService).revokePackages({ id: dispatchId });
      return { revokedCount };
    },
  };
}
