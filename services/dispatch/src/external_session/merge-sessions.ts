import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { endLaunchesOf } from "../launch/end-launches.ts";
import { lockUsage } from "../licence/lock-usage.ts";
import { type ListedSession, requireSession } from "./list-sessions.ts";

/**
 * Puts one session behind another. It keeps what it has and is counted no more: not as a result the host owes an answer for, and, when it was
 * the last of its learner, neither as a learner, in a seat or in the use of the terms since their last reset. Whoever comes with its token
 * or as its learner goes on in the one that stays; launches that are open end. Merging again changes nothing.
 * @throws EXTERNAL_SESSION_NOT_FOUND, SESSIONS_NOT_MERGEABLE
 */
export async function mergeSessions(
  parts: DispatchParts,
  client: pg.ClientBase,
  tenantId: string,
  id: string,
  duplicateId: string,
): Promise<ListedSession> {
  const before = [await requireSession(client, tenantId, id), await requireSession(client, tenantId, duplicateId)];
  await lockUsage(
    client,
    before.map((session) => session.dispatch_id),
  );
  const held = "select from external_session where id = any($1::uuid[]) order by id for update";
  await client.query(held, [[id, duplicateId]]);
  const kept = await requireSession(client, tenantId, id);
  const duplicate = await requireSession(client, tenantId, duplicateId);
  if (duplicate.merged_into === kept.id) return kept;
  const isOther = kept.id !== duplicate.id && kept.dispatch_id === duplicate.dispatch_id;
  if (!isOther || kept.merged_into !== null || duplicate.merged_into !== null)
    throw errors.sessionsNotMergeable({ id, duplicate_id: duplicateId });
  // What was merged into the duplicate before follows it.
  await client.query("update external_session set merged_into = $1 where id = $2 or merged_into = $2", [
    kept.id,
    duplicate.id,
  ]);
  await client.query(
    `update external_session set launch_count = launch_count + $2, last_activity_at = greatest(last_activity_at, $3),
       deployment_id = coalesce(deployment_id, $4) where id = $1`,
    [kept.id, duplicate.launch_count, duplicate.last_activity_at, duplicate.deployment_id],
  );
  await endLaunchesOf(parts, client, tenantId, [duplicate.id]);
  if (kept.learner_key !== duplicate.learner_key) await uncount(client, duplicate);
  return requireSession(client, tenantId, id);
}

/** Takes a learner out of the counts who has no session left of their own. */
async function uncount(
  client: pg.ClientBase,
  { dispatch_id, destination_id, learner_key }: ListedSession,
): Promise<void> {
  const others = `select from external_session where dispatch_id = $1 and learner_key = $2 and merged_into is null and not test limit 1`;
  if ((await client.query(others, [dispatch_id, learner_key])).rowCount) return;
  const { rows } = await client.query<{ first_used_at: Date }>(
    "delete from seat where dispatch_id = $1 and learner_key = $2 returning first_used_at",
    [dispatch_id, learner_key],
  );
  if (rows[0] === undefined) return;
  await client.query(
    `update licence_usage set used_total = greatest(used_total - 1, 0),
       used = case when reset_at is null or reset_at < $2 then greatest(used - 1, 0) else used end,
       limit_reached_at = case when reset_at is null or reset_at < $2 then null else limit_reached_at end
     where subject_id = any($1::uuid[])`,
    [[dispatch_id, destination_id], rows[0].first_used_at],
  );
  await client.query(
    `with gone as (
       delete from deployment_learner l using deployment p
       where p.id = l.deployment_id and p.dispatch_id = $1 and l.learner_key = $2 returning l.deployment_id
     )
     update deployment set unique_learner_count = greatest(unique_learner_count - 1, 0) where id in (select deployment_id from gone)`,
    [dispatch_id, learner_key],
  );
}
