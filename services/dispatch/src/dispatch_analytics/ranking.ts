import { create } from "@bufbuild/protobuf";
import {
  type DeploymentFigures,
  DeploymentFiguresSchema,
  type DispatchFigures,
  type DispatchRank,
  DispatchRankSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import type pg from "pg";
import { type DeploymentRow, toDeployment } from "../deployment/deployment-row.ts";
import { UNACKNOWLEDGED } from "../dispatch/unacknowledged.ts";
import type { Days } from "./day-range.ts";
import type { FigureScope } from "./figure-queries.ts";
import { readDeploymentFigures, readDispatchFigures } from "./read-figures.ts";

/** Lines of a ranking. */
const MOST = 20;

/** The dispatches that were launched most. */
export async function rankDispatches(
  client: pg.ClientBase,
  tenantId: string,
  days: Days,
  scope: FigureScope,
): Promise<DispatchRank[]> {
  const most = mostLaunched(await readDispatchFigures(client, tenantId, days, scope));
  const { rows } = await client.query<{ id: string; name: string; destination_id: string; destination: string }>(
    `select d.id, d.name, d.destination_id, s.name as destination from dispatch d join destination s on s.id = d.destination_id
     where d.id = any($1)`,
    [most.map(([id]) => id)],
  );
  return most.flatMap(([id, figures]) => {
    const row = rows.find((it) => it.id === id);
    if (row === undefined) return [];
    const { name, destination_id: destinationId, destination: destinationName } = row;
    return [create(DispatchRankSchema, { dispatchId: id, name, destinationId, destinationName, figures })];
  });
}

/** The deployments that were launched most. */
export async function rankDeployments(
  client: pg.ClientBase,
  tenantId: string,
  days: Days,
  scope: FigureScope,
  now: Date,
): Promise<DeploymentFigures[]> {
  const most = mostLaunched(await readDeploymentFigures(client, tenantId, days, scope));
  const { rows } = await client.query<
    DeploymentRow & { readonly expires_at: Date | null; readonly unacknowledged_count: string }
  >(
    `select p.*, d.expires_at,
       (select count(*) from external_session e where e.deployment_id = p.id and ${UNACKNOWLEDGED}) as unacknowledged_count
     from deployment p join dispatch d on d.id = p.dispatch_id where p.id = any($1)`,
    [most.map(([id]) => id)],
  );
  return most.flatMap(([id, figures]) => {
    const row = rows.find((it) => it.id === id);
    return row ? [create(DeploymentFiguresSchema, { deployment: toDeployment(row, now), figures })] : [];
  });
}

/** Most launches first; ties by id, so that the order stands. */
function mostLaunched(all: ReadonlyMap<string, DispatchFigures>): [string, DispatchFigures][] {
  return [...all]
    .filter(([, { launches }]) => launches > 0n)
    .toSorted(([id, one], [otherId, other]) => Number(other.launches - one.launches) || (id < otherId ? -1 : 1))
    .slice(0, MOST);
}
