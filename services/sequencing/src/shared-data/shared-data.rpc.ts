import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { canonicalJson } from "@coursemesh/platform/json/canonical-json.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  SaveSharedDataRequestSchema,
  type SharedDataService,
} from "@coursemesh/proto/coursemesh/sequencing/v1/shared_data_pb.ts";
import { activityNotFound, seqReused, sessionNotFound, sharedDataNotWritable } from "../errors.ts";
import { WHOLE_ORGANIZATION } from "../global-objective/global-objective.repository.ts";
import { scopesOf } from "../session/learner-scope.ts";
import { refuseWhileOpen } from "../session/refuse-while-open.ts";
import { findSession, lockLearner } from "../session/session.repository.ts";
import { storesOf, writableStoresOf } from "../session/shared-stores.ts";
import type { ReaderDeps } from "../step/moment.ts";
import { findSharedData, listSharedData, type SharedDataRow, saveSharedData } from "./shared-data.repository.ts";

/** Shared data of a learner. */
export function sharedDataRpc({ pool, catalog }: ReaderDeps): ServiceImpl<typeof SharedDataService> {
  return {
    async listSharedData({ page, learnerId, instanceId }, context) {
      const organizationId = organizationOf(context);
      const list = `shared data of ${learnerId} ${instanceId}`;
      const start = readPageRequest(page, list);
      const of = { organizationId, learnerId, scope: instanceId || WHOLE_ORGANIZATION };
      const after = start.after && String(start.after[0]);
      const found = await inTenant(pool(), organizationId, (it) => listSharedData(it, of, after, start.limit));
      const { rows, nextPageToken } = cutPage(found, start, list, ({ targetId }) => [targetId]);
      return { sharedData: rows.map(sharedDataMessage), page: { nextPageToken } };
    },

    async saveSharedData(request, context) {
      const organizationId = organizationOf(context);
      const { instanceId, launchId, seq, activityId } = request;
      const hash = requestHash(SaveSharedDataRequestSchema, request);
      const found = await inTenant(pool(), organizationId, (it) => findSession(it, organizationId, instanceId));
      if (found === undefined) throw sessionNotFound({ instance_id: instanceId });
      const { index } = await catalog.course(organizationId, found.courseVersionId);
      await inTenant(pool(), organizationId, async (client) => {
        await lockLearner(client, organizationId, found.learnerId);
        const { rows } = await client.query<{ hash: string }>(
          "select request_hash as hash from shared_data_save where instance_id = $1 and launch_id = $2 and seq = $3",
          [instanceId, launchId, seq],
        );
        if (rows[0]?.hash === hash) return;
        if (rows[0] !== undefined) throw seqReused({ launch_id: launchId, seq: String(seq) });
        const activity = index.byIdentifier.get(activityId);
        if (activity === undefined) throw activityNotFound({ activity_id: activityId });
        const writable = writableStoresOf(activity);
        const refused = request.values.find(({ targetId }) => !writable.has(targetId));
        if (refused !== undefined) {
          throw sharedDataNotWritable({ activity_id: activityId, target_id: refused.targetId });
        }
        const values = Object.fromEntries(request.values.map(({ targetId, value }) => [targetId, value]));
        const { shared } = scopesOf(index.tree, organizationId, found.learnerId, instanceId);
        await saveSharedData(client, shared, values);
        await client.query(
          "insert into shared_data_save (instance_id, launch_id, seq, tenant_id, request_hash) values ($1, $2, $3, $4, $5)",
          [instanceId, launchId, seq, organizationId, hash],
        );
        // What the activity has is what was saved: at its end only what it changed after this counts as changed.
        const session = await findSession(client, organizationId, instanceId);
        const given = { ...(JSON.parse(session?.shared ?? "{}") as Record<string, string>), ...values };
        const seen = new Set(storesOf(activity));
        const kept = Object.fromEntries(Object.entries(given).filter(([target]) => seen.has(target)));
        await client.query(
          "update session set shared = $3 where instance_id = $1 and tenant_id = $2 and delivery is not null",
          [instanceId, organizationId, canonicalJson(kept)],
        );
      });
      return {};
    },

    async deleteSharedData({ id }, context) {
      const organizationId = organizationOf(context);
      await inTenant(pool(), organizationId, async (client) => {
        const row = await findSharedData(client, organizationId, id);
        if (row === undefined) return;
        await lockLearner(client, organizationId, row.learnerId);
        await refuseWhileOpen(client, catalog, { ...row, organizationId }, ({ index }) =>
          index.activities.some((activity) => storesOf(activity).includes(row.targetId)),
        );
        await client.query("delete from shared_data where id = $1 and tenant_id = $2", [id, organizationId]);
      });
      return {};
    },
  };
}

function sharedDataMessage({ id, targetId, learnerId, scope, value, updatedAt }: SharedDataRow) {
  return {
    ...{ id, targetId, learnerId },
    instanceId: scope === WHOLE_ORGANIZATION ? "" : scope,
    value: value.toWellFormed(),
    updateTime: timestampFromDate(updatedAt),
  };
}
