import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { requireDispatch } from "../dispatch/dispatch.repository.ts";
import type { DispatchParts } from "../dispatch-parts.ts";

/** Job that ends launches of the runtime. */
export const REVOKE_LAUNCHES = "revoke_launches";

export interface RevokeLaunches {
  readonly tenantId: string;
  readonly launchIds: readonly string[];
}

/** A seat to free. */
export interface SeatRelease {
  readonly dispatchId: string;
  readonly seatId: string;
  /** Ends the learner's open launches and refuses later ones. */
  readonly revoke: boolean;
}

/** Frees a seat; one that is free or not there is fine. @throws DISPATCH_NOT_FOUND */
export async function releaseSeat(
  { pool, jobs, now }: DispatchParts,
  tenantId: string,
  { dispatchId, seatId, revoke }: SeatRelease,
): Promise<void> {
  await inTenant(pool(), tenantId, async (client) => {
    await requireDispatch(client, tenantId, { case: "id", value: dispatchId });
    const { rows } = await client.query<{ learner_key: string }>(
      `update seat set released_at = coalesce(released_at, $3), revoked = revoked or $4
       where dispatch_id = $1 and id = $2 returning learner_key`,
      [dispatchId, seatId, now(), revoke],
    );
    const learnerKey = rows[0]?.learner_key;
    if (!revoke || learnerKey === undefined) return;
    const { rows: launches } = await client.query<{ launch_id: string }>(
      `with revoked as (
         update external_session set revoked_at = coalesce(revoked_at, $3) where dispatch_id = $1 and learner_key = $2 returning id
       )
       select l.launch_id from launch_exchange l join revoked r on r.id = l.external_session_id where l.launch_id is not null`,
      [dispatchId, learnerKey, now()],
    );
    const job: RevokeLaunches = { tenantId, launchIds: launches.map((row) => row.launch_id) };
    if (job.launchIds.length > 0) await jobs().add(REVOKE_LAUNCHES, job, {}, client);
  });
}

/** The job {@link REVOKE_LAUNCHES}; launches that have ended or are gone are left as they are. */
export function revokeLaunches({ clients }: Pick<DispatchParts, "clients">) {
  return async ({ tenantId, launchIds }: RevokeLaunches): Promise<void> => {
    const launches = clients.of(LaunchService);
    for (const id of launchIds) await runAs(serviceCaller("dispatch", tenantId), () => launches.revokeLaunch({ id }));
  };
}
