import { create } from "@bufbuild/protobuf";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { DeploymentCreatedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import type { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import { type DeploymentRow, toDeployment } from "./deployment-row.ts";

/** Where a launch comes from. */
export interface DeploymentPlace {
  readonly tenantId: string;
  readonly dispatchId: string;
  readonly destinationId: string;
  readonly lmsDomain: string;
  readonly lmsCourseId: string;
}

/** What a launch shows of a deployment besides. */
export interface DeploymentNews {
  readonly lmsProduct: string;
  readonly format: PackageFormat;
  readonly packageId: string;
  readonly launcherVersion: string;
  readonly learnerKey: string;
}

/** A deployment as far as it decides a launch; undefined: not seen so far. */
export async function readDeployment(
  client: pg.ClientBase,
  { dispatchId, lmsDomain, lmsCourseId }: DeploymentPlace,
): Promise<Pick<DeploymentRow, "id" | "suspended"> | undefined> {
  const { rows } = await client.query<Pick<DeploymentRow, "id" | "suspended">>(
    "select id, suspended from deployment where dispatch_id = $1 and lms_domain = $2 and lms_course_id = $3",
    [dispatchId, lmsDomain, lmsCourseId],
  );
  return rows[0];
}

/** Notes a launch with its deployment, which is made when it is seen for the first time. Answers its id. */
export async function noteLaunch(
  client: pg.ClientBase,
  place: DeploymentPlace,
  news: DeploymentNews,
  now: Date,
): Promise<string> {
  const { rows } = await client.query<DeploymentRow & { is_new: boolean }>(
    `insert into deployment (id, tenant_id, dispatch_id, destination_id, lms_domain, lms_course_id, lms_product, format, package_id,
       launcher_version, search_text, first_launch_at, last_activity_at, launch_count)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, 1)
     on conflict (dispatch_id, lms_domain, lms_course_id) do update set launch_count = deployment.launch_count + 1,
       last_activity_at = greatest(deployment.last_activity_at, excluded.last_activity_at), format = excluded.format,
       lms_product = case when excluded.lms_product = '' then deployment.lms_product else excluded.lms_product end,
       package_id = excluded.package_id, launcher_version = excluded.launcher_version
     returning *, xmax = 0 as is_new`,
    [
      ...[uuidV7(), place.tenantId, place.dispatchId, place.destinationId, place.lmsDomain, place.lmsCourseId],
      ...[news.lmsProduct, news.format, news.packageId, news.launcherVersion],
      ...[deploymentSearchText(place.lmsDomain, place.lmsCourseId, news.lmsProduct), now],
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the deployment was not written");
  const seen = await client.query(
    "insert into deployment_learner (deployment_id, tenant_id, learner_key) values ($1, $2, $3) on conflict do nothing",
    [row.id, place.tenantId, news.learnerKey],
  );
  if (seen.rowCount) {
    await client.query("update deployment set unique_learner_count = unique_learner_count + 1 where id = $1", [row.id]);
  }
  if (row.is_new) {
    const deployment = toDeployment({ ...row, unique_learner_count: "1", expires_at: null }, now);
    await announce(client, place.tenantId, DeploymentCreatedSchema, create(DeploymentCreatedSchema, { deployment }));
  }
  return row.id;
}

/** What lists of deployments search. */
export function deploymentSearchText(...texts: readonly string[]): string {
  return texts.join("\n").toLowerCase();
}
