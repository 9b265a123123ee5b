import { inTenant } from "@coursemesh/platform/db/database.ts";
import { requireDispatch } from "../dispatch/dispatch.repository.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { endLaunchesOf } from "../launch/end-launches.ts";
import { wakeAsker } from "../results/askers.ts";

/** A seat to free. */
export interface SeatRelease {
  readonly dispatchId: string;
  readonly seatId: string;
  /** Ends the learner's open launches and refuses later ones. */
  readonly revoke: boolean;
}

/** Frees a seat; one that is free or not there is fine. @throws DISPATCH_NOT_FOUND */
export async function releaseSeat(parts: DispatchParts, tenantId: string, release: SeatRelease): Promise<void> {
  const { dispatchId, seatId, revoke } = release;
  const now = parts.now();
  const revoked = await inTenant(parts.pool(), tenantId, async (client) => {
    await requireDispatch(client, tenantId, { case: "id", value: dispatchId });
    const { rows } = await client.query<{ learner_key: string }>(
      `update seat set released_at = coalesce(released_at, $3), revoked = revoked or $4
       where dispatch_id = $1 and id = $2 returning learner_key`,
      [dispatchId, seatId, now, revoke],
    );
    const learnerKey = rows[0]?.learner_key;
    if (!revoke || learnerKey === undefined) return [];
    const { rows: sessions } = await client.query<{ id: string }>(
      `update external_session set revoked_at = coalesce(revoked_at, $3) where dispatch_id = $1 and learner_key = $2 returning id`,
      [dispatchId, learnerKey, now],
    );
    const ids = sessions.map(({ id }) => id);
    await endLaunchesOf(parts, client, tenantId, ids);
    return ids;
  });
  // Pages that wait for results stop at once.
  for (const id of revoked) wakeAsker(id);
}
