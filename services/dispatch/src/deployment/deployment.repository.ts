import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import {
  DeploymentStatus,
  type ListDeploymentsRequest,
} from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type pg from "pg";
import { UNACKNOWLEDGED } from "../dispatch/unacknowledged.ts";
import { errors } from "../errors.ts";
import { afterSql, type ListOrder } from "../search/list-order.ts";
import type { DeploymentFigures, DeploymentRow } from "./deployment-row.ts";

/** A deployment with what is counted for it. */
export type FullDeployment = DeploymentRow & DeploymentFigures & { readonly expires_at: Date | null };

/** Two keys of learners under one name or address in the same place: one person whom the host has named twice. */
const DUPLICATES = `(select count(*)::int from (
    select 1 from external_session e where e.deployment_id = p.id and e.merged_into is null and not e.test
      and coalesce(nullif(e.learner_email, ''), e.learner_name) <> ''
    group by lower(coalesce(nullif(e.learner_email, ''), e.learner_name)) having count(distinct e.learner_key) > 1
  ) suspected)`;
const REFUSED = `${UNACKNOWLEDGED} and e.acknowledgement = ${Acknowledgement.REFUSED}`;
const SELECT = `select p.*, d.expires_at,
    (select count(*) from external_session e where e.deployment_id = p.id and ${UNACKNOWLEDGED}) as unacknowledged_count,
    (select count(*) from external_session e where e.deployment_id = p.id and ${REFUSED}) as refused_count,
    ${DUPLICATES} as suspected_duplicate_count
  from deployment p join dispatch d on d.id = p.dispatch_id`;
const STATUS = `case when p.suspended then ${DeploymentStatus.SUSPENDED} when d.expires_at <= $6 then ${DeploymentStatus.EXPIRED}
  else ${DeploymentStatus.ACTIVE} end`;
const WHERE = `p.tenant_id = $1 and ($2::uuid is null or p.dispatch_id = $2) and ($3::uuid is null or p.destination_id = $3)
  and ($4 = '' or p.search_text like $4) and (cardinality($5::int[]) = 0 or ${STATUS} = any($5))
  and (not $7 or exists (select from external_session e where e.deployment_id = p.id and ${UNACKNOWLEDGED}))
  and (not $8 or exists (select from external_session e where e.deployment_id = p.id and ${REFUSED}))
  and (not $9 or p.launcher_version not in ('', $10))`;

/** What a list is read against. */
export interface ListMoment {
  readonly now: Date;
  /** What packages are made with now; empty when that is not known. */
  readonly launcherVersion: string;
}

/** Last active first. */
const ORDER: ListOrder<DeploymentRow> = {
  column: "p.last_activity_at",
  type: "timestamptz",
  descending: true,
  keyOf: (row) => row.last_activity_at.toISOString(),
};

/** One deployment, kept from changing when asked for. @throws DEPLOYMENT_NOT_FOUND */
export async function requireDeployment(
  client: pg.ClientBase,
  tenantId: string,
  id: string,
  lock = false,
): Promise<FullDeployment> {
  const { rows } = await client.query<FullDeployment>(
    `${SELECT} where p.tenant_id = $1 and p.id = $2 ${lock ? "for update of p" : ""}`,
    [tenantId, id],
  );
  const [row] = rows;
  if (row === undefined) throw errors.deploymentNotFound({ id });
  return row;
}

/** One more than asked for. */
export async function listDeployments(
  client: pg.ClientBase,
  tenantId: string,
  request: ListDeploymentsRequest,
  start: PageStart,
  { now, launcherVersion }: ListMoment,
): Promise<FullDeployment[]> {
  const { rows } = await client.query<FullDeployment>(
    `${SELECT} where ${WHERE} ${afterSql(ORDER, "p.id", 11)} limit $13`,
    [
      ...valuesOf(tenantId, request, { now, launcherVersion }),
      start.after?.[0] ?? null,
      start.after?.[1] ?? null,
      start.limit + 1,
    ],
  );
  return rows;
}

export async function countDeployments(
  client: pg.ClientBase,
  tenantId: string,
  request: ListDeploymentsRequest,
  moment: ListMoment,
): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from deployment p join dispatch d on d.id = p.dispatch_id where ${WHERE}`,
    valuesOf(tenantId, request, moment),
  );
  return BigInt(rows[0]?.count ?? 0);
}

/** Keys of a row for page tokens. */
export function deploymentKeys(row: DeploymentRow): readonly (string | number)[] {
  return [ORDER.keyOf(row), row.id];
}

function valuesOf(tenantId: string, request: ListDeploymentsRequest, { now, launcherVersion }: ListMoment): unknown[] {
  const { dispatchId, destinationId, query, statuses } = request;
  const text = query.trim().toLowerCase();
  return [
    ...[tenantId, dispatchId || null, destinationId || null, text === "" ? "" : containing(text), statuses, now],
    // Where the current launcher is not known none is called outdated.
    ...[request.withUnacknowledged, request.withRefused, request.withOutdatedLauncher && launcherVersion !== ""],
    launcherVersion,
  ];
}
