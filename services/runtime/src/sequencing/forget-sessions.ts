import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";
import type { Logger } from "pino";
import type { Sequencing } from "./ask-sequencing.ts";

const BATCH = 200;

/** Tells sequencing to forget sessions whose registration or untracked launch is gone, until it has. */
export interface SessionForgetter {
  /** One round, now; what cannot be told is told in the next. */
  run(): Promise<void>;
}

export function sessionForgetter(pool: () => pg.Pool, sequencing: Sequencing, logger: Logger): SessionForgetter {
  return {
    async run() {
      const { rows } = await inSystem(pool(), (client) =>
        client.query<{ instance_id: string; tenant_id: string; learner_id: string }>(
          "select instance_id, tenant_id, learner_id from session_to_forget order by created_at limit $1",
          [BATCH],
        ),
      );
      for (const { instance_id: instanceId, tenant_id: tenantId, learner_id: learnerId } of rows) {
        try {
          await sequencing.forget(tenantId, { instanceId, learnerId });
        } catch (error) {
          logger.warn({ err: error, instanceId }, "sequencing could not forget a session; trying again");
          return;
        }
        await inTenant(pool(), tenantId, (client) =>
          client.query("delete from session_to_forget where instance_id = $1", [instanceId]),
        );
      }
    },
  };
}

/** Notes what sequencing has to forget of registrations that are about to go, in the caller's transaction. Previews have a learner of their own. */
export async function forgetRegistrations(client: pg.ClientBase, ids: readonly string[]): Promise<void> {
  await client.query(
    `insert into session_to_forget (instance_id, tenant_id, learner_id)
     select i.id, i.tenant_id, case when r.preview then r.id::text else '' end
     from instance i join registration r on r.id = i.registration_id
     where r.id = any($1) and exists (select from activity_state s where s.instance_id = i.id and s.activity = '')
     on conflict do nothing`,
    [ids],
  );
  const { rows } = await client.query<{ id: string }>("select id from launch where registration_id = any($1)", [ids]);
  await dropUntracked(client, "launch_id = any($1)", [rows.map((row) => row.id)]);
}

/** Drops untracked launches and notes what sequencing has to forget of them, in the caller's transaction. */
export async function dropUntracked(client: pg.ClientBase, where: string, values: unknown[]): Promise<void> {
  await client.query(
    `with dropped as (delete from untracked_play where ${where} returning instance_id, tenant_id)
     insert into session_to_forget (instance_id, tenant_id, learner_id) select instance_id, tenant_id, instance_id::text from dropped
     on conflict do nothing`,
    values,
  );
}
