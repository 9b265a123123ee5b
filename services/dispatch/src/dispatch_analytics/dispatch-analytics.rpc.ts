import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import {
  type DispatchAnalyticsService,
  type DispatchDay,
  DispatchDaySchema,
  DispatchFiguresSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import { DispatchStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type pg from "pg";
import { type DeploymentRow, toDeployment } from "../deployment/deployment-row.ts";
import { DISPATCHES, requireDispatch } from "../dispatch/dispatch.repository.ts";
import { dispatchStatusSql } from "../dispatch/dispatch-status.ts";
import { UNACKNOWLEDGED } from "../dispatch/unacknowledged.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { allDays, type Days, readDays } from "./day-range.ts";
import { exportFigures } from "./export-figures.ts";
import { packageFigures } from "./package-figures.ts";
import { rankDeployments, rankDispatches } from "./ranking.ts";
import { boundsOf, readDeploymentFigures, readTimeline, type TimelineFigures } from "./read-figures.ts";

/** DispatchAnalyticsService. */
export function dispatchAnalyticsRpc(parts: DispatchParts): ServiceImpl<typeof DispatchAnalyticsService> {
  const { pool, now } = parts;
  return {
    getDispatchAnalytics({ dispatchId, range }, context) {
      const tenantId = organizationOf(context);
      const days = readDays(range);
      return inTenant(pool(), tenantId, async (client) => {
        const { id } = await requireDispatch(client, tenantId, { case: "id", value: dispatchId });
        const scope = { dispatchIds: [id] };
        const timeline = await readTimeline(client, tenantId, days, scope);
        const byDeployment = await readDeploymentFigures(client, tenantId, days, scope);
        return {
          summary: timeline.summary,
          timeline: toDays(days, timeline),
          deployments: (await deploymentsOf(client, id)).map((row) => ({
            deployment: toDeployment(row, now()),
            figures: byDeployment.get(row.id) ?? create(DispatchFiguresSchema),
          })),
          asOf: timestampFromDate(now()),
        };
      });
    },

    getDispatchOverview({ range, destinationId }, context) {
      const tenantId = organizationOf(context);
      const days = readDays(range);
      const scope = destinationId === "" ? {} : { destinationId };
      return inTenant(pool(), tenantId, async (client) => {
        const timeline = await readTimeline(client, tenantId, days, scope);
        const standing = await countStanding(client, tenantId, scope.destinationId, now());
        return {
          summary: timeline.summary,
          timeline: toDays(days, timeline),
          ...standing,
          dispatches: await rankDispatches(client, tenantId, days, scope),
          deployments: await rankDeployments(client, tenantId, days, scope, now()),
          packages: await packageFigures(client, tenantId, await boundsOf(client, days), scope.destinationId),
          asOf: timestampFromDate(now()),
        };
      });
    },

    exportDispatchAnalytics({ range, dispatchIds }, context) {
      return exportFigures(parts, organizationOf(context), readDays(range), dispatchIds);
    },
  };
}

/** One message for each day, also where nothing happened. */
export function toDays(days: Days, { byDay }: TimelineFigures): DispatchDay[] {
  return allDays(days).map((day) =>
    create(DispatchDaySchema, { day, figures: byDay.get(day) ?? create(DispatchFiguresSchema) }),
  );
}

async function deploymentsOf(client: pg.ClientBase, dispatchId: string) {
  const { rows } = await client.query<
    DeploymentRow & { readonly expires_at: Date | null; readonly unacknowledged_count: string }
  >(
    `select p.*, least(d.expires_at, s.expires_at) as expires_at,
       (select count(*) from external_session e where e.deployment_id = p.id and ${UNACKNOWLEDGED}) as unacknowledged_count
     from deployment p join dispatch d on d.id = p.dispatch_id join destination s on s.id = d.destination_id
     where p.dispatch_id = $1 order by p.last_activity_at desc, p.id`,
    [dispatchId],
  );
  return rows;
}

interface StandingRow {
  readonly dispatches: number;
  readonly active: number;
  readonly expired: number;
  readonly limit_reached: number;
  readonly deployments: number;
  readonly unacknowledged: string;
}

/** How dispatches stand now, whatever the range. */
async function countStanding(client: pg.ClientBase, tenantId: string, destinationId: string | undefined, at: Date) {
  const { rows } = await client.query<StandingRow>(
    `with mine as (select d.id, ${dispatchStatusSql("$3")} as status from ${DISPATCHES}
       where d.tenant_id = $1 and ($2::uuid is null or d.destination_id = $2))
     select count(*)::int as dispatches,
       count(*) filter (where status in (${DispatchStatus.ACTIVE}, ${DispatchStatus.AWAITING_CONTACT}))::int as active,
       count(*) filter (where status = ${DispatchStatus.EXPIRED})::int as expired,
       count(*) filter (where status = ${DispatchStatus.LIMIT_REACHED})::int as limit_reached,
       (select count(*)::int from deployment p where p.dispatch_id in (select id from mine) and not p.suspended) as deployments,
       (select count(*) from external_session e where e.tenant_id = $1 and e.dispatch_id in (select id from mine)
          and ${UNACKNOWLEDGED}) as unacknowledged
     from mine`,
    [tenantId, destinationId ?? null, at],
  );
  const [row] = rows;
  return {
    dispatchCount: row?.dispatches ?? 0,
    activeCount: row?.active ?? 0,
    expiredCount: row?.expired ?? 0,
    limitReachedCount: row?.limit_reached ?? 0,
    activeDeploymentCount: row?.deployments ?? 0,
    unacknowledgedCount: BigInt(row?.unacknowledged ?? 0),
  };
}
