import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { ReceiptService } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { toExternalSession } from "../external_session/session-row.ts";
import { launchLimit } from "../launch/launch-limit.ts";
import { listReceipts } from "./list-receipts.ts";
import { listUnacknowledged } from "./list-unacknowledged.ts";
import { recordReceipts } from "./record-receipts.ts";
import { resendResult, settleResult } from "./resend-result.ts";

/** Requests of one launch within a minute; a page sends a few, each with up to 500 receipts. */
const REQUESTS_PER_MINUTE = 120;

/** ReceiptService. */
export function receiptRpc(parts: DispatchParts): ServiceImpl<typeof ReceiptService> {
  const limit = launchLimit(REQUESTS_PER_MINUTE, parts.now);
  return {
    async recordReceipts(request) {
      return { acknowledgedSequence: await recordReceipts(parts, limit, request) };
    },
    listReceipts: (request, context) => listReceipts(parts, organizationOf(context), request),
    listUnacknowledgedResults: (request, context) => listUnacknowledged(parts, organizationOf(context), request),
    async resendResult(request, context) {
      return { sent: await resendResult(parts, organizationOf(context), request) };
    },
    settleResult({ externalSessionId, note }, context) {
      const tenantId = organizationOf(context);
      return inTenant(parts.pool(), tenantId, async (client) => ({
        externalSession: toExternalSession(await settleResult(client, tenantId, externalSessionId, note, parts.now())),
      }));
    },
  };
}
