import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { LiveService } from "@coursemesh/proto/coursemesh/analytics/v1/live_pb.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { AnalyticsParts } from "../analytics-parts.ts";
import { scopeOf } from "../figures/scope.ts";
import { readZone } from "../period/read-period.ts";
import { snapshot } from "../store/snapshot.ts";
import { tailJournal } from "./tail-journal.ts";
import { readToday } from "./today.ts";

/** Figures are sent at most this often. */
const PACE_MS = 1_000;
/** Figures of today change at midnight, and sessions end, without anything happening here. */
const LOOK_AGAIN_MS = 10_000;

/** Figures and happenings as they come. */
export function liveRpc(parts: AnalyticsParts): ServiceImpl<typeof LiveService> {
  const { pool, now, changes, stopping } = parts;
  return {
    async *streamOverview({ filter, timeZone }, context) {
      const tenantId = organizationOf(context);
      const zone = readZone(timeZone);
      const gone = AbortSignal.any([context.signal, stopping]);
      let sent = "";
      while (!gone.aborted) {
        const changed = changes.next(tenantId, LOOK_AGAIN_MS, gone);
        const { fingerprint, ...today } = await snapshot(pool(), tenantId, (client) =>
          readToday(client, scopeOf(tenantId, filter), zone, now()),
        );
        if (fingerprint !== sent) yield today;
        sent = fingerprint;
        await changed;
        await sleep(PACE_MS, undefined, { signal: gone }).catch(() => undefined);
      }
    },

    streamActivity(request, context) {
      const tenantId = organizationOf(context);
      const mayRead = callerOf(context).permissions.includes(Permission.REGISTRATION_READ);
      const gone = AbortSignal.any([context.signal, stopping]);
      return tailJournal(parts, tenantId, request, request.withValues && mayRead, gone);
    },
  };
}
