import type { MessageInitShape } from "@bufbuild/protobuf";
import { type Deployment, DeploymentStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { DeploymentRowSchema } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { SubjectNames } from "./subject-names.ts";

export function toDeploymentRow(
  deployment: Deployment,
  names: SubjectNames,
): MessageInitShape<typeof DeploymentRowSchema> {
  const { $typeName: _, $unknown: __, firstLaunchTime, lastActivityTime, ...same } = deployment;
  return {
    ...same,
    dispatchName: names.dispatch(deployment.dispatchId),
    destinationName: names.destination(deployment.destinationId),
    format: textOfEnum(PackageFormat, deployment.format),
    status: textOfEnum(DeploymentStatus, deployment.status),
    firstLaunchTime: millisOf(firstLaunchTime),
    lastActivityTime: millisOf(lastActivityTime),
  };
}
