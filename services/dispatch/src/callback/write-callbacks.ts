import { inSystem } from "@coursemesh/platform/db/database.ts";
import type { CallbackKind } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import type pg from "pg";
import { type CallbackStanding, type FoldedCallbacks, foldCallbacks } from "./fold-callbacks.ts";

/** A callback whose token and signature were checked. */
export interface CheckedCallback {
  readonly exchangeId: string;
  readonly sequence: number;
  readonly kind: CallbackKind;
  readonly happenedAt: Date | null;
  readonly receivedAt: Date;
  /** Message `HostResult`, binary. */
  readonly result: Buffer | null;
  readonly cmiJson: Buffer | null;
}

/** What became of a callback. */
export type CallbackAnswer =
  /** `stop`: the launch was revoked. */
  | { readonly kind: "taken"; readonly acknowledged: number; readonly stop: boolean }
  /** The launch is not there any more. */
  | { readonly kind: "gone" }
  /** Its number is too far ahead of what came. */
  | { readonly kind: "refused" };

interface LaunchRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly dispatch_id: string;
  readonly external_session_id: string;
  readonly stop: boolean;
  readonly tracking_enabled: boolean;
  readonly acknowledged_sequence: string | null;
  readonly ahead: string[] | null;
  readonly newest_sequence: string | null;
}

interface Launch {
  readonly row: LaunchRow;
  readonly folded: FoldedCallbacks<CheckedCallback>;
}

/** What external sessions are marked as active at most this often, in seconds: a mark for each callback would cost more than the callback. */
const MARK_SECONDS = 10;

/** Writes callbacks of any launches in one transaction. Answers in their order. */
export function writeCallbacks(pool: pg.Pool, calls: readonly CheckedCallback[]): Promise<readonly CallbackAnswer[]> {
  return inSystem(pool, async (client) => {
    const launches = await foldLaunches(client, calls);
    const changed = [...launches.values()].filter(({ folded }) => folded.taken.length > 0);
    if (changed.length > 0) {
      await insertCallbacks(client, changed);
      await saveStates(client, changed);
      await markSessions(client, changed);
    }
    return calls.map((call) => answerOf(call, launches.get(call.exchangeId)));
  });
}

function answerOf(call: CheckedCallback, launch: Launch | undefined): CallbackAnswer {
  if (launch === undefined) return { kind: "gone" };
  const { row, folded } = launch;
  if (folded.refused.has(call)) return { kind: "refused" };
  return { kind: "taken", acknowledged: folded.standing.acknowledged, stop: row.stop };
}

/** Locked in one order, against deadlocks with other groups. */
async function foldLaunches(
  client: pg.ClientBase,
  calls: readonly CheckedCallback[],
): Promise<ReadonlyMap<string, Launch>> {
  const of = Map.groupBy(calls, ({ exchangeId }) => exchangeId);
  const { rows } = await client.query<LaunchRow>(
    `select x.id, x.tenant_id, x.dispatch_id, x.external_session_id, d.tracking_enabled,
       c.acknowledged_sequence, c.ahead, c.newest_sequence,
       e.revoked_at is not null or x.replayed_at is not null or coalesce(s.revoked, false) as stop
     from launch_exchange x join external_session e on e.id = x.external_session_id join dispatch d on d.id = x.dispatch_id
       left join seat s on s.dispatch_id = e.dispatch_id and s.learner_key = e.learner_key
       left join callback_state c on c.launch_exchange_id = x.id
     where x.id = any($1::uuid[]) order by x.id for no key update of x`,
    [[...of.keys()]],
  );
  return new Map(rows.map((row) => [row.id, { row, folded: foldCallbacks(standingOf(row), of.get(row.id) ?? []) }]));
}

function standingOf({ acknowledged_sequence, ahead, newest_sequence }: LaunchRow): CallbackStanding {
  return {
    acknowledged: Number(acknowledged_sequence ?? 0),
    ahead: (ahead ?? []).map(Number),
    newest: Number(newest_sequence ?? 0),
  };
}

async function insertCallbacks(client: pg.ClientBase, launches: readonly Launch[]): Promise<void> {
  const all = launches.flatMap(({ row, folded }) => folded.taken.map((taken) => ({ row, ...taken })));
  await client.query(
    `insert into callback (launch_exchange_id, sequence, tenant_id, dispatch_id, external_session_id, kind, happened_at, received_at, late, refusal)
     select * from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::smallint[], $7::timestamptz[], $8::timestamptz[],
       $9::boolean[], $10::text[]) on conflict do nothing`,
    [
      all.map(({ row }) => row.id),
      all.map(({ call }) => call.sequence),
      all.map(({ row }) => row.tenant_id),
      all.map(({ row }) => row.dispatch_id),
      all.map(({ row }) => row.external_session_id),
      all.map(({ call }) => call.kind),
      all.map(({ call }) => call.happenedAt),
      all.map(({ call }) => call.receivedAt),
      all.map(({ late }) => late),
      all.map(({ row }) => (row.stop ? "REVOKED" : "")),
    ],
  );
}

/** The newest callback's facts replace those before; of a launch that was revoked, or whose learners are not tracked, none are kept. */
async function saveStates(client: pg.ClientBase, launches: readonly Launch[]): Promise<void> {
  const newest = launches.map(({ row, folded }) => (row.stop ? undefined : folded.newest));
  const tracked = newest.map((call, index) => (launches[index]?.row.tracking_enabled ? call : undefined));
  const ahead = launches.map(({ folded }) => `{${folded.standing.ahead.join(",")}}`);
  await client.query(
    `insert into callback_state as c (launch_exchange_id, tenant_id, external_session_id, acknowledged_sequence, ahead, newest_sequence,
       kind, result, cmi_json, happened_at, received_at)
     select id, tenant_id, session_id, acknowledged, ahead::bigint[], newest, coalesce(kind, 0), result, cmi_json, happened_at, coalesce(received_at, now())
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::bigint[], $7::smallint[], $8::bytea[], $9::bytea[],
       $10::timestamptz[], $11::timestamptz[])
       as n (id, tenant_id, session_id, acknowledged, ahead, newest, kind, result, cmi_json, happened_at, received_at)
     on conflict (launch_exchange_id) do update set acknowledged_sequence = excluded.acknowledged_sequence, ahead = excluded.ahead,
       newest_sequence = excluded.newest_sequence,
       kind = case when excluded.kind = 0 then c.kind else excluded.kind end,
       result = coalesce(excluded.result, c.result), cmi_json = coalesce(excluded.cmi_json, c.cmi_json),
       happened_at = case when excluded.kind = 0 then c.happened_at else excluded.happened_at end,
       received_at = case when excluded.kind = 0 then c.received_at else excluded.received_at end`,
    [
      launches.map(({ row }) => row.id),
      launches.map(({ row }) => row.tenant_id),
      launches.map(({ row }) => row.external_session_id),
      launches.map(({ folded }) => folded.standing.acknowledged),
      ahead,
      launches.map(({ folded }) => folded.standing.newest),
      newest.map((call) => call?.kind ?? null),
      tracked.map((call) => call?.result ?? null),
      tracked.map((call) => call?.cmiJson ?? null),
      newest.map((call) => call?.happenedAt ?? null),
      newest.map((call) => call?.receivedAt ?? null),
    ],
  );
}

/** Whoever holds a session's row is doing something with it, and marks it. */
async function markSessions(client: pg.ClientBase, launches: readonly Launch[]): Promise<void> {
  await client.query(
    `update external_session set last_activity_at = m.at
     from (select e.id, n.at from unnest($1::uuid[], $2::timestamptz[]) as n (id, at) join external_session e on e.id = n.id
           where e.last_activity_at < n.at - make_interval(secs => ${MARK_SECONDS}) order by e.id for no key update of e skip locked) m
     where external_session.id = m.id`,
    [
      launches.map(({ row }) => row.external_session_id),
      launches.map(({ folded }) => folded.taken.at(-1)?.call.receivedAt ?? null),
    ],
  );
}
