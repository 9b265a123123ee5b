import { fromBinary } from "@bufbuild/protobuf";
import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import { LicenceTermsSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { endLaunchesOf } from "../launch/end-launches.ts";
import { wakeAsker } from "../results/askers.ts";
import { effectiveTerms } from "./effective-terms.ts";

/** Terms that ended longer ago were seen when they did; no launch was admitted since. */
const LOOK_BACK_MS = 24 * 60 * 60 * 1000;

interface EndedTerms {
  readonly tenant_id: string;
  readonly dispatch_id: string;
  readonly terms: Buffer;
  readonly destination_terms: Buffer;
}

/** Ends the launches under way of dispatches whose terms have ended and end access with them. All others may finish. */
export async function endAccess(parts: DispatchParts): Promise<void> {
  const now = parts.now();
  const since = new Date(now.getTime() - LOOK_BACK_MS);
  const ended = await inSystem(parts.pool(), async (client) => {
    const { rows } = await client.query<EndedTerms>(
      `select d.tenant_id, d.id as dispatch_id, d.terms, s.terms as destination_terms from dispatch d join destination s on s.id = d.destination_id
       where d.id in (
         select id from dispatch where expires_at <= $1 and expires_at > $2
         union all
         select of.id from destination ended join dispatch of on of.destination_id = ended.id
         where ended.expires_at <= $1 and ended.expires_at > $2
       )`,
      [now, since],
    );
    return rows.filter((row) =>
      [row.terms, row.destination_terms].some((terms) => {
        const { expiresAt, revokesOnEnd } = effectiveTerms(fromBinary(LicenceTermsSchema, terms));
        return revokesOnEnd && expiresAt !== undefined && expiresAt <= now;
      }),
    );
  });
  for (const { tenant_id: tenantId, dispatch_id: dispatchId } of ended) {
    const sessions = await inTenant(parts.pool(), tenantId, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `with ended as (
           update launch_exchange set ended_at = $2 where dispatch_id = $1 and launch_id is not null and ended_at is null
           returning external_session_id
         )
         select distinct external_session_id as id from ended`,
        [dispatchId, now],
      );
      const ids = rows.map(({ id }) => id);
      await endLaunchesOf(parts, client, tenantId, ids);
      return ids;
    });
    for (const id of sessions) wakeAsker(id);
  }
}
