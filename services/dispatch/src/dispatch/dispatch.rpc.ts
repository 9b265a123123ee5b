import { create } from "@bufbuild/protobuf";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { Dispatch, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { DispatchUpdatedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { openTestLaunch } from "../launch/test-launch.ts";
import { listFingerprint } from "../search/list-fingerprint.ts";
import { createDispatch } from "./create-dispatch.ts";
import { deleteDispatches } from "./delete-dispatches.ts";
import { requireDispatch, takeTurn } from "./dispatch.repository.ts";
import { type DispatchRow, toDispatch } from "./dispatch-row.ts";
import { dispatchSummaries, registrationsByVersion } from "./dispatch-summary.ts";
import { countDispatches, dispatchKeys, listDispatches } from "./list-dispatches.ts";
import { revokePackages } from "./revoke-packages.ts";
import { rotateCallbackSecret } from "./rotate-callback-secret.ts";
import { readDispatchMask, updateDispatch } from "./update-dispatch.ts";

/** DispatchService. */
export function dispatchRpc(parts: DispatchParts): ServiceImpl<typeof DispatchService> {
  const { pool, now } = parts;
  const seen = async (client: pg.ClientBase, row: DispatchRow): Promise<Dispatch> => {
    const summary = (await dispatchSummaries(client, [row], now())).get(row.id);
    if (summary) summary.registrationsByCourseVersion = await registrationsByVersion(client, row.id);
    return toDispatch(row, now(), summary);
  };

  return {
    async createDispatch({ dispatch, requestId }, context) {
      if (dispatch === undefined) throw fieldInvalid("dispatch", "is required");
      const tenantId = organizationOf(context);
      const { row, callbackSecret } = await createDispatch(parts, tenantId, requestId, dispatch);
      return inTenant(pool(), tenantId, async (client) => ({ dispatch: await seen(client, row), callbackSecret }));
    },

    getDispatch({ by }, context) {
      if (by.case === undefined) throw fieldInvalid("by", "is required");
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => ({
        dispatch: await seen(client, await requireDispatch(client, tenantId, by)),
      }));
    },

    listDispatches(request, context) {
      const tenantId = organizationOf(context);
      const list = listFingerprint("dispatches", tenantId, request);
      const start = readPageRequest(request.page, list);
      const at = now();
      return inTenant(pool(), tenantId, async (client) => {
        const found = await listDispatches(client, tenantId, request, start, at);
        const { rows, nextPageToken } = cutPage(found, start, list, (row) => dispatchKeys(request.order, row));
        const summaries = await dispatchSummaries(client, rows, at);
        const total = request.page?.withTotal ? { total: await countDispatches(client, tenantId, request, at) } : {};
        return {
          dispatches: rows.map((row) => toDispatch(row, at, summaries.get(row.id))),
          page: { nextPageToken, ...total },
        };
      });
    },

    updateDispatch({ dispatch, updateMask }, context) {
      if (dispatch === undefined) throw fieldInvalid("dispatch", "is required");
      const tenantId = organizationOf(context);
      const paths = readDispatchMask(updateMask);
      return inTenant(pool(), tenantId, async (client) => ({
        dispatch: await seen(client, await updateDispatch(parts, client, tenantId, dispatch, paths)),
      }));
    },

    async deleteDispatch({ id }, context) {
      const tenantId = organizationOf(context);
      await inTenant(pool(), tenantId, (client) => deleteDispatches(parts, client, tenantId, [id]));
      return {};
    },

    async rotateCallbackSecret(request, context) {
      const { value, oldExpireTime } = await rotateCallbackSecret(parts, organizationOf(context), request);
      return { callbackSecret: value, oldExpireTime: timestampFromDate(oldExpireTime) };
    },

    revokePackages({ id, generatedBefore }, context) {
      const tenantId = organizationOf(context);
      const at = now();
      return inTenant(pool(), tenantId, async (client) => {
        await takeTurn(client, id);
        await requireDispatch(client, tenantId, { case: "id", value: id });
        const before = generatedBefore ? timestampDate(generatedBefore) : at;
        const revokedCount = await revokePackages(client, id, before, at);
        const row = await requireDispatch(client, tenantId, { case: "id", value: id });
        const event = create(DispatchUpdatedSchema, { dispatch: toDispatch(row, at), changedFields: ["packages"] });
        await announce(client, tenantId, DispatchUpdatedSchema, event);
        return { revokedCount };
      });
    },

    async createTestLaunch({ id, requestId }, context) {
      const tenantId = organizationOf(context);
      await inTenant(pool(), tenantId, (client) => requireDispatch(client, tenantId, { case: "id", value: id }));
      const { url, expireTime } = await openTestLaunch(parts, { tenantId, dispatchId: id, requestId });
      return { url, expireTime: timestampFromDate(expireTime) };
    },
  };
}
