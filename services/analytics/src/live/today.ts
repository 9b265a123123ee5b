import type pg from "pg";
import { figuresOf } from "../figures/figures.ts";
import { freshnessOf } from "../figures/freshness.ts";
import type { Scope } from "../figures/scope.ts";
import { ceilTo } from "../fold/grains.ts";
import { openSessions } from "../overview/overview.rpc.ts";

const MINUTES = 60;

/** Figures from midnight of the zone up to now. The fingerprint tells whether anything a person sees has changed. */
export async function readToday(client: pg.ClientBase, scope: Scope, zone: string, now: Date) {
  const { rows } = await client.query<{ midnight: Date }>(
    "select date_trunc('day', $1::timestamptz at time zone $2) at time zone $2 as midnight",
    [now, zone],
  );
  const to = ceilTo(0, now.getTime() + 1);
  const [today] = await figuresOf(client, scope, [{ from: rows[0]?.midnight.getTime() ?? to, to }]);
  const openSessionCount = await openSessions(client, scope);
  const launchesByMinute = await launchesOf(client, scope, now);
  const fingerprint = JSON.stringify([today, openSessionCount, launchesByMinute], (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
  return {
    ...(today && { today }),
    openSessionCount,
    launchesByMinute,
    freshness: await freshnessOf(client, scope.tenantId),
    fingerprint,
  };
}

/** Registrations launched in each of the last sixty minutes, oldest first, by their latest launches. */
async function launchesOf(client: pg.ClientBase, scope: Scope, now: Date): Promise<bigint[]> {
  const minutes: bigint[] = Array.from({ length: MINUTES }, () => 0n);
  const start = Math.floor(now.getTime() / 60_000) - MINUTES + 1;
  const place = scope.values.length + 2;
  const { rows } = await client.query<{ minute: string; launches: string }>(
    `select floor(extract(epoch from j.occurred_at) / 60) - $${place}::int as minute, count(*) as launches
     from journal j join registration_fact r on r.tenant_id = $1 and r.registration_id = j.subject_id
     where j.tenant_id = $1 and j.type = 'coursemesh.runtime.v1.LaunchOpened' and j.occurred_at >= $${place + 1} and ${scope.whereRegistration}
     group by 1`,
    [scope.tenantId, ...scope.values, start, new Date(start * 60_000)],
  );
  for (const { minute, launches } of rows) minutes[Number(minute)] = BigInt(launches);
  return minutes.slice(0, MINUTES);
}
