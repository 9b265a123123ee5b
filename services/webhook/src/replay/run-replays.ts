import { fromBinary } from "@bufbuild/protobuf";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { ReplayPlanSchema, ReplayState } from "@coursemesh/proto/coursemesh/webhook/v1/replay_pb.ts";
import type pg from "pg";
import { planSql } from "./replay-plan.ts";
import type { ReplayRow } from "./replay-row.ts";

/** Events queued in one transaction. */
const CHUNK = 500;

/** Goes on with every open replay until each has queued what it means, and ends those whose deliveries have ended. */
export async function runReplays(pool: pg.Pool): Promise<void> {
  const { rows } = await inSystem(pool, (client) =>
    client.query<{ id: string }>(
      `select id from replay where state in (${ReplayState.WAITING}, ${ReplayState.RUNNING}) order by id`,
    ),
  );
  for (const { id } of rows) while (await step(pool, id));
}

/** Queues some events of a replay; a replay that another process has at hand is left to it. Answers whether there may be more. */
function step(pool: pg.Pool, id: string): Promise<boolean> {
  return inSystem(pool, async (client) => {
    const { rows } = await client.query<ReplayRow>(
      `select * from replay where id = $1 and state in (${ReplayState.WAITING}, ${ReplayState.RUNNING}) for update skip locked`,
      [id],
    );
    const [replay] = rows;
    if (replay === undefined) return false;
    const { sql, values } = planSql(replay.tenant_id, fromBinary(ReplayPlanSchema, replay.plan));
    await client.query("select from endpoint_queue where endpoint_id = $1 for update", [replay.endpoint_id]);
    // Ids stay the same; a delivery that was there begins anew, one that is on its way is only counted.
    const { rows: queued } = await client.query<{ position: string }>(
      `with meant as (
         select e.id, e.tenant_id, e.position, e.type, e.registration_id ${sql} and e.position > $12 order by e.position limit ${CHUNK}
       ), put as (
         insert into delivery (id, tenant_id, endpoint_id, event_id, event_position, event_type, registration_id, state, next_attempt_at, replay_id)
         select uuidv7(), m.tenant_id, $2, m.id, m.position, m.type, m.registration_id, ${DeliveryState.QUEUED}, now(), $13 from meant m
         order by m.position
         on conflict (endpoint_id, event_id) where test_data is null do update set
           replay_id = excluded.replay_id, changed_at = clock_timestamp(),
           state = case when delivery.lease_owner is null then excluded.state else delivery.state end,
           tries = case when delivery.lease_owner is null then 0 else delivery.tries end,
           to_fallback = delivery.to_fallback and delivery.lease_owner is not null,
           next_attempt_at = case when delivery.lease_owner is null then excluded.next_attempt_at else delivery.next_attempt_at end,
           ended_at = null
       )
       select position from meant order by position`,
      [...values, replay.through, id],
    );
    const through = queued.at(-1)?.position ?? replay.through;
    await client.query(`update replay set state = ${ReplayState.RUNNING}, through = $2 where id = $1`, [id, through]);
    await client.query("select wake_endpoints(array[$1::uuid])", [replay.endpoint_id]);
    if (queued.length === CHUNK) return true;
    await endIfDone(client, id);
    return false;
  });
}

async function endIfDone(client: pg.ClientBase, id: string): Promise<void> {
  const count = (states: string): string =>
    `(select count(*) from delivery where replay_id = $1 and state in (${states}))`;
  await client.query(
    `update replay set state = ${ReplayState.DONE}, ended_at = now(), delivered_count = ${count(String(DeliveryState.DELIVERED))},
       failed_count = ${count(String(DeliveryState.FAILED))}
     where id = $1 and ${count(`${DeliveryState.QUEUED}, ${DeliveryState.RETRYING}`)} = 0`,
    [id],
  );
}
