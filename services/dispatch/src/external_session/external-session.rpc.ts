import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { ExternalSessionService } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { wakeAsker } from "../results/askers.ts";
import { takeResult } from "../results/take-result.ts";
import { listFingerprint } from "../search/list-fingerprint.ts";
import { countSessions, listSessions, requireSession, sessionKeys } from "./list-sessions.ts";
import { mergeSessions } from "./merge-sessions.ts";
import { revokeSession } from "./revoke-session.ts";
import { sessionData } from "./session-data.ts";
import { toExternalSession } from "./session-row.ts";

/** ExternalSessionService. */
export function externalSessionRpc(parts: DispatchParts): ServiceImpl<typeof ExternalSessionService> {
  const { pool } = parts;
  return {
    async getExternalSession({ id }, context) {
      const tenantId = organizationOf(context);
      const row = await inTenant(pool(), tenantId, (client) => requireSession(client, tenantId, id));
      // What the runtime has now, rather than when it was last told.
      const session = { ...row, ...(await takeResult(parts, row)) };
      return { externalSession: { ...toExternalSession(session), cmiJson: await sessionData(parts, session) } };
    },

    listExternalSessions(request, context) {
      const tenantId = organizationOf(context);
      const { page } = request;
      const list = listFingerprint("external sessions", tenantId, request);
      const start = readPageRequest(page, list);
      return inTenant(pool(), tenantId, async (client) => {
        const found = await listSessions(client, tenantId, request, start);
        const { rows, nextPageToken } = cutPage(found, start, list, sessionKeys);
        const total = page?.withTotal ? { total: await countSessions(client, tenantId, request) } : {};
        return { externalSessions: rows.map(toExternalSession), page: { nextPageToken, ...total } };
      });
    },

    async revokeExternalSession({ id }, context) {
      await revokeSession(parts, organizationOf(context), id);
      return {};
    },

    async mergeExternalSessions({ id, duplicateId }, context) {
      const tenantId = organizationOf(context);
      const row = await inTenant(pool(), tenantId, (client) => mergeSessions(parts, client, tenantId, id, duplicateId));
      // Pages that wait for results stop at once.
      wakeAsker(duplicateId);
      return { externalSession: toExternalSession(row) };
    },
  };
}
