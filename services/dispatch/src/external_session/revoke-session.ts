import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { endLaunchesOf } from "../launch/end-launches.ts";
import { wakeAsker } from "../results/askers.ts";
import { requireSession } from "./list-sessions.ts";

/** Refuses further launches of a session and ends those that are open; its results stay. @throws EXTERNAL_SESSION_NOT_FOUND */
export async function revokeSession(parts: DispatchParts, tenantId: string, id: string): Promise<void> {
  await inTenant(parts.pool(), tenantId, async (client) => {
    await requireSession(client, tenantId, id);
    const query = "update external_session set revoked_at = coalesce(revoked_at, $2) where id = $1";
    await client.query(query, [id, parts.now()]);
    await endLaunchesOf(parts, client, tenantId, [id]);
  });
  // Pages that wait for results stop at once.
  wakeAsker(id);
}
