import { inTenant } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";
import { deleteSessions, findSession, lockLearner } from "./session.repository.ts";

/** Forgets activity state and trace of an instance. Absent is success. */
export async function deleteSession(pool: pg.Pool, organizationId: string, instanceId: string): Promise<void> {
  await inTenant(pool, organizationId, async (client) => {
    const row = await findSession(client, organizationId, instanceId);
    if (row === undefined) return;
    await lockLearner(client, organizationId, row.learnerId);
    await deleteSessions(client, organizationId, [instanceId]);
  });
}

/** Forgets everything about a learner in an organization. Answers how many sessions there were. */
export function deleteLearner(pool: pg.Pool, organizationId: string, learnerId: string): Promise<number> {
  return inTenant(pool, organizationId, async (client) => {
    await lockLearner(client, organizationId, learnerId);
    const { rows } = await client.query<{ id: string }>(
      "select instance_id as id from session where tenant_id = $1 and learner_id = $2",
      [organizationId, learnerId],
    );
    const count = await deleteSessions(
      client,
      organizationId,
      rows.map(({ id }) => id),
    );
    for (const table of ["global_objective", "shared_data", "correction"]) {
      await client.query(`delete from ${table} where tenant_id = $1 and learner_id = $2`, [organizationId, learnerId]);
    }
    return count;
  });
}
