import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { RecordReceiptsRequest } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import type { LaunchLimit } from "../launch/launch-limit.ts";
import { readSessionToken } from "../signing_key/session-token.ts";
import { storeReceipts } from "./store-receipts.ts";

/**
 * Takes receipts from a package's page. A session that was revoked may still say what its host answered before.
 * @returns the highest sequence up to which none is missing. @throws SESSION_TOKEN_INVALID, RATE_LIMITED
 */
export async function recordReceipts(
  parts: DispatchParts,
  limit: LaunchLimit,
  { sessionToken, receipts }: RecordReceiptsRequest,
): Promise<bigint> {
  const now = parts.now();
  const claims = await readSessionToken(parts.keys, sessionToken, now);
  if (claims === undefined) throw errors.sessionTokenInvalid();
  const { organizationId: tenantId, exchangeId, externalSessionId, dispatchId } = claims;
  limit.take(exchangeId);
  return inTenant(parts.pool(), tenantId, async (client) => {
    const { rows } = await client.query<{ deployment_id: string | null }>(
      "select deployment_id from launch_exchange where id = $1 and external_session_id = $2",
      [exchangeId, externalSessionId],
    );
    const [exchange] = rows;
    if (exchange === undefined) throw errors.sessionTokenInvalid();
    const launch = { tenantId, exchangeId, externalSessionId, dispatchId, deploymentId: exchange.deployment_id };
    return BigInt(await storeReceipts(client, launch, receipts, now));
  });
}
