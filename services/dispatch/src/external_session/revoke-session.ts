import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { REVOKE_LAUNCHES, type RevokeLaunches } from "../licence/release-seat.ts";
import { requireSession } from "./list-sessions.ts";

/** Refuses further launches of a session and ends those that are open; its results stay. @throws EXTERNAL_SESSION_NOT_FOUND */
export async function revokeSession({ pool, jobs, now }: DispatchParts, tenantId: string, id: string): Promise<void> {
  await inTenant(pool(), tenantId, async (client) => {
    await requireSession(client, tenantId, id);
    await client.query("update external_session set revoked_at = coalesce(revoked_at, $2) where id = $1", [id, now()]);
    const { rows } = await client.query<{ launch_id: string }>(
      "select launch_id from launch_exchange where external_session_id = $1 and launch_id is not null",
      [id],
    );
    const job: RevokeLaunches = { tenantId, launchIds: rows.map(({ launch_id }) => launch_id) };
    if (job.launchIds.length > 0) await jobs().add(REVOKE_LAUNCHES, job, {}, client);
  });
}
