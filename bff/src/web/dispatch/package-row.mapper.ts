import type { MessageInitShape } from "@bufbuild/protobuf";
import { type Package, PackageFormat, PackageState } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { PackageRowSchema } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";

export function toPackageRow(made: Package): MessageInitShape<typeof PackageRowSchema> {
  const { id, filename, sizeBytes, downloadCount, revoked, error, launcherVersion } = made;
  return {
    ...{ id, filename, sizeBytes, downloadCount, revoked, error, launcherVersion },
    format: textOfEnum(PackageFormat, made.format),
    state: textOfEnum(PackageState, made.state),
    createTime: millisOf(made.createTime),
  };
}
