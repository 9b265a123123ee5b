import { toBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  CreateReplayRequestSchema,
  ReplayPlanSchema,
  type ReplayService,
  ReplayState,
} from "@coursemesh/proto/coursemesh/webhook/v1/replay_pb.ts";
import type pg from "pg";
import { cancelDeliveries } from "../delivery/resend-delivery.ts";
import { requireEndpoint } from "../endpoint/endpoint.repository.ts";
import { countPlan } from "./replay-plan.ts";
import { type ReplayRow, requireReplay, SELECT_REPLAYS, toReplay } from "./replay-row.ts";

/** ReplayService. */
export function replayRpc(pool: () => pg.Pool): ServiceImpl<typeof ReplayService> {
  return {
    createReplay(request, context) {
      const { requestId, plan } = request;
      if (plan === undefined) throw fieldInvalid("plan", "is required");
      const tenantId = organizationOf(context);
      const { displayName, id: callerId } = callerOf(context);
      const hash = requestHash(CreateReplayRequestSchema, request);
      return inTenant(pool(), tenantId, async (client) => {
        await requireEndpoint(client, tenantId, plan.endpointId);
        // What comes while it runs is not replayed: it is delivered anyway.
        const until = plan.until ?? timestampFromDate(new Date());
        const fixed = { ...plan, until };
        const { count } = await countPlan(client, tenantId, fixed);
        await client.query(
          `insert into replay (id, tenant_id, endpoint_id, plan, state, total_count, created_by, request_id, request_hash)
           values ($1, $2, $3, $4, ${ReplayState.WAITING}, $5, $6, $7, $8) on conflict (tenant_id, request_id) do nothing`,
          [
            uuidV7(),
            tenantId,
            plan.endpointId,
            Buffer.from(toBinary(ReplayPlanSchema, fixed)),
            String(count),
            displayName || callerId,
            requestId,
            hash,
          ],
        );
        const { rows } = await client.query<ReplayRow>(
          `${SELECT_REPLAYS} where r.tenant_id = $1 and r.request_id = $2`,
          [tenantId, requestId],
        );
        const [row] = rows;
        if (row === undefined || row.request_hash !== hash) throw requestIdReused(requestId);
        return { replay: toReplay(row) };
      });
    },

    previewReplay({ plan }, context) {
      if (plan === undefined) throw fieldInvalid("plan", "is required");
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => {
        await requireEndpoint(client, tenantId, plan.endpointId);
        const { count, first, last } = await countPlan(client, tenantId, plan);
        return {
          eventCount: count,
          ...(first && { firstOccurTime: timestampFromDate(first) }),
          ...(last && { lastOccurTime: timestampFromDate(last) }),
        };
      });
    },

    getReplay({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => ({
        replay: toReplay(await requireReplay(client, tenantId, id)),
      }));
    },

    listReplays({ page, endpointId }, context) {
      const tenantId = organizationOf(context);
      const list = `replays of ${tenantId} ${endpointId}`;
      const start = readPageRequest(page, list);
      return inTenant(pool(), tenantId, async (client) => {
        const where = "r.tenant_id = $1 and ($2::uuid is null or r.endpoint_id = $2)";
        const values = [tenantId, endpointId || null];
        const { rows: found } = await client.query<ReplayRow>(
          `${SELECT_REPLAYS} where ${where} and ($3::uuid is null or r.id < $3) order by r.id desc limit $4`,
          [...values, start.after?.[0] ?? null, start.limit + 1],
        );
        const { rows, nextPageToken } = cutPage(found, start, list, ({ id }) => [id]);
        const { rows: counts } = page?.withTotal
          ? await client.query<{ count: string }>(`select count(*) from replay r where ${where}`, values)
          : { rows: [] };
        const total = counts[0] ? { total: BigInt(counts[0].count) } : {};
        return { replays: rows.map(toReplay), page: { nextPageToken, ...total } };
      });
    },

    cancelReplay({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => {
        const { endpoint_id, state } = await requireReplay(client, tenantId, id);
        if (state === ReplayState.WAITING || state === ReplayState.RUNNING) {
          await client.query("select from replay where id = $1 for update", [id]);
          await client.query("select from endpoint_queue where endpoint_id = $1 for update", [endpoint_id]);
          await cancelDeliveries(client, "replay_id = $1", id);
          await client.query(
            `update replay r set state = ${ReplayState.CANCELED}, ended_at = now() where id = $1 and state in (${ReplayState.WAITING}, ${ReplayState.RUNNING})`,
            [id],
          );
          await client.query("select wake_endpoints(array[$1::uuid])", [endpoint_id]);
        }
        return { replay: toReplay(await requireReplay(client, tenantId, id)) };
      });
    },
  };
}
