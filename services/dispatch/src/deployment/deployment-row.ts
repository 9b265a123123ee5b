import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type Deployment,
  DeploymentSchema,
  DeploymentStatus,
} from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import type { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";

/** A deployment as it is stored; counts of 64 bits are text. */
export interface DeploymentRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly dispatch_id: string;
  readonly destination_id: string;
  readonly lms_domain: string;
  readonly lms_course_id: string;
  readonly lms_product: string;
  readonly format: PackageFormat;
  readonly package_id: string | null;
  readonly launcher_version: string;
  readonly suspended: boolean;
  readonly notes: string;
  readonly first_launch_at: Date;
  readonly last_activity_at: Date;
  readonly launch_count: string;
  readonly unique_learner_count: string;
  readonly version: number;
}

/** Figures that are counted when they are asked for. */
export interface DeploymentFigures {
  readonly unacknowledged_count: string;
  readonly refused_count: string;
  readonly suspected_duplicate_count: number;
}

/**
 * A deployment as the contract shows it. `expires_at` is its dispatch's, null for never.
 * @param launcherVersion what packages are made with now; empty when that is not known.
 */
export function toDeployment(
  row: DeploymentRow & { readonly expires_at: Date | null } & Partial<DeploymentFigures>,
  now: Date,
  launcherVersion = "",
): Deployment {
  return create(DeploymentSchema, {
    id: row.id,
    dispatchId: row.dispatch_id,
    destinationId: row.destination_id,
    lmsDomain: row.lms_domain,
    lmsCourseId: row.lms_course_id,
    lmsProduct: row.lms_product,
    format: row.format,
    packageId: row.package_id ?? "",
    launcherVersion: row.launcher_version,
    status: statusOf(row, now),
    firstLaunchTime: timestampFromDate(row.first_launch_at),
    lastActivityTime: timestampFromDate(row.last_activity_at),
    launchCount: BigInt(row.launch_count),
    uniqueLearnerCount: BigInt(row.unique_learner_count),
    unacknowledgedCount: BigInt(row.unacknowledged_count ?? 0),
    refusedCount: BigInt(row.refused_count ?? 0),
    suspectedDuplicateCount: row.suspected_duplicate_count ?? 0,
    launcherOutdated: isOutdated(row.launcher_version, launcherVersion),
    notes: row.notes,
    etag: String(row.version),
  });
}

/** Packages without a launcher, such as AICC's, do not age. */
const isOutdated = (seen: string, current: string): boolean => seen !== "" && current !== "" && seen !== current;

function statusOf(
  { suspended, expires_at }: { suspended: boolean; expires_at: Date | null },
  now: Date,
): DeploymentStatus {
  if (suspended) return DeploymentStatus.SUSPENDED;
  return expires_at !== null && expires_at <= now ? DeploymentStatus.EXPIRED : DeploymentStatus.ACTIVE;
}
