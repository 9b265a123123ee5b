/**
 * From rows in an outbox to a figure on a dashboard: `node tests/bench/analytics-lag.ts [--attempts 800] [--seconds 15] [--rate 300]`.
 *
 * A burst tells how many events a second pass through relay, journal and fold until a dashboard shows them; a steady stream tells the lag,
 * from the rows' being written to the first answer that counts them, asked again and again, and to the live stream's, which sends at most
 * one a second. An attempt is some seven events; the n-th counts as visible when n registrations are. Beside them the bare fold: the same
 * number of events that are in the journal already, nothing else to do.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import { buildApp } from "@coursemesh/analytics/app.ts";
import { analyticsConfig } from "@coursemesh/analytics/config.ts";
import { keepEvents } from "@coursemesh/analytics/journal/take-events.ts";
import { service } from "@coursemesh/analytics/service.ts";
import { foldSome } from "@coursemesh/analytics/store/fold-tenant.ts";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import { migrate, serviceUrl } from "@coursemesh/platform/db/migrate.ts";
import { inProcessBus } from "@coursemesh/platform/events/in-process-bus.ts";
import { clientInterceptors, clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { serverInterceptors } from "@coursemesh/platform/rpc/server-interceptors.ts";
import { inMemoryMesh } from "@coursemesh/platform/service/in-memory-mesh.ts";
import { LiveService } from "@coursemesh/proto/coursemesh/analytics/v1/live_pb.ts";
import { OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import pg from "pg";
import { pino } from "pino";
import { eventsOf, generateAttempts } from "../../services/analytics/test/generated-attempts.ts";
import { startBenchCluster } from "./load/bench-cluster.ts";
import { percentile } from "./load/statistics.ts";

const { values: options } = parseArgs({
  options: {
    attempts: { type: "string", default: "800" },
    seconds: { type: "string", default: "15" },
    rate: { type: "string", default: "300" },
  },
});
const ATTEMPTS = Number(options.attempts);
const SECONDS = Number(options.seconds);
const TICK_MS = 50;
const ASK_MS = 20;
/** Nothing of this is so slow unless it is broken. */
const MOST_MS = 60_000;
const DAY = 86_400_000;
const SECRET = "bench-secret-bench-secret-bench-secret-01";
const BARE = "00000000-0000-7000-8000-000000000001";
const TENANT = "00000000-0000-7000-8000-000000000002";
const now = Date.now();
const logger = pino({ level: "warn" }, pino.destination(2));

/** When so many registrations were seen, in milliseconds since 1970. */
type Sighting = readonly [at: number, registrations: number];

const cluster = await startBenchCluster(1);
const blobs = await mkdtemp(join(tmpdir(), "bench-analytics-lag-"));
try {
  const url = await cluster.createDatabase("analytics");
  await migrate(url, SECRET, [{ service: "analytics", migrations: service.migrations }]);
  const config = readConfig(analyticsConfig, { DATABASE_URL: serviceUrl(url, SECRET, "analytics") });
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 2 });
  try {
    const ceiling = await bareFold(pool);
    const signature = callerSignature(SECRET);
    const mesh = inMemoryMesh(serverInterceptors({ signature, logger }), clientInterceptors(signature));
    const clients = clientsOver(mesh.transportFor);
    const app = buildApp(config, { clients, bus: inProcessBus(), blobs: await diskBlobStore(blobs), logger });
    mesh.add(app);
    await app.start();
    try {
      const burst = await measure(pool, clients);
      console.log(`share of the bare fold's rate: ${((burst / ceiling) * 100).toFixed(0)}%`);
    } finally {
      await app.stop();
    }
  } finally {
    await pool.end();
  }
} finally {
  await cluster.stop();
  await rm(blobs, { recursive: true, force: true });
}

/** Answers how many events a second are folded that are in the journal already. */
async function bareFold(pool: pg.Pool): Promise<number> {
  const events = generateAttempts(ATTEMPTS, now - 60 * DAY, now - 10 * DAY, 1).flatMap((one) => eventsOf(BARE, one));
  const rows = events.map(({ id, type, payload, occurredAt, traceparent }) => ({
    id,
    type,
    payload: payload?.value ?? new Uint8Array(),
    at: occurredAt ? timestampMs(occurredAt) : 0,
    traceparent,
  }));
  for (let start = 0; start < rows.length; start += 200)
    await inTenant(pool, BARE, (client) => keepEvents(client, BARE, rows.slice(start, start + 200)));
  const begin = performance.now();
  while ((await foldSome(pool)) !== undefined);
  const rate = events.length / ((performance.now() - begin) / 1000);
  console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
  console.log(`${"bare fold".padEnd(12)} ${events.length} events: ${rate.toFixed(0)}/s`);
  return rate;
}

/** Prints how fast and how late dashboards show events. Answers the burst's events per second. */
async function measure(pool: pg.Pool, clients: ReturnType<typeof clientsOver>): Promise<number> {
  const asked: Sighting[] = [];
  const live: Sighting[] = [];
  const stop = new AbortController();
  const caller = serviceCaller("bench", TENANT);
  const period = { startTime: timestampFromMs(now - 30 * DAY), endTime: timestampFromMs(now + DAY) };
  const asking = runAs(caller, async () => {
    for (; !stop.signal.aborted; await sleep(ASK_MS)) {
      const { figures } = await clients.of(OverviewService).getOverview({ period });
      asked.push([Date.now(), Number(figures?.registrations)]);
    }
  });
  const watching = runAs(caller, async () => {
    try {
      for await (const { today } of clients.of(LiveService).streamOverview({}, { signal: stop.signal }))
        live.push([Date.now(), Number(today?.registrations)]);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
  });
  const seen = async (sightings: readonly Sighting[], count: number): Promise<void> => {
    for (const end = Date.now() + MOST_MS; (sightings.at(-1)?.[1] ?? 0) < count; await sleep(5))
      if (Date.now() > end) throw new Error("not everything became visible");
  };
  let announced = 0;
  const announce = async (attempts: number): Promise<number> => {
    const made = generateAttempts(attempts, now - 20 * DAY, now - 10 * DAY, 2 + announced);
    const events = made.flatMap((one) => eventsOf(TENANT, one));
    announced += attempts;
    await writeOutbox(pool, events);
    return events.length;
  };

  await announce(20);
  await seen(asked, announced);
  const begin = Date.now();
  const events = await announce(ATTEMPTS);
  await seen(asked, announced);
  const burst = events / ((Date.now() - begin) / 1000);

  const perTick = Math.max(1, Math.round((Number(options.rate) / 6) * (TICK_MS / 1000)));
  const written: { at: number; upTo: number; events: number }[] = [];
  const start = performance.now();
  for (let tick = 0; performance.now() - start < SECONDS * 1000; tick += 1) {
    const at = Date.now();
    const count = await announce(perTick);
    written.push({ at, upTo: announced, events: count });
    await sleep(Math.max(0, start + (tick + 1) * TICK_MS - performance.now()));
  }
  const steady = written.reduce((sum, one) => sum + one.events, 0) / ((performance.now() - start) / 1000);
  await Promise.all([seen(asked, announced), seen(live, announced)]);
  stop.abort();
  await Promise.all([asking, watching]);
  console.log(`${"dashboard".padEnd(12)} ${events} events: ${burst.toFixed(0)}/s | steady ${steady.toFixed(0)}/s`);
  for (const [name, sightings] of [
    ["asked", asked],
    ["live", live],
  ] as const) {
    const lags = written.map(({ at, upTo }) => (sightings.find(([, count]) => count >= upTo)?.[0] ?? Number.NaN) - at);
    const shown = [0.5, 0.95, 0.99].map((share) => `${percentile(lags, share).toFixed(0)} ms`).join(" / ");
    console.log(`  ${name.padEnd(10)} lag p50 / p95 / p99 ${shown}`);
  }
  console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
  return burst;
}

/** As a service does beside its own rows, in one transaction. */
async function writeOutbox(pool: pg.Pool, events: readonly EventEnvelope[]): Promise<void> {
  await inSystem(pool, (client) =>
    client.query(
      `insert into outbox (id, tenant_id, type, payload, occurred_at)
       select id, $1, type, payload, at from unnest($2::uuid[], $3::text[], $4::bytea[], $5::timestamptz[]) as n(id, type, payload, at)`,
      [
        TENANT,
        events.map(({ id }) => id),
        events.map(({ type }) => type),
        events.map(({ payload }) => Buffer.from(payload?.value ?? new Uint8Array())),
        events.map(({ occurredAt }) => new Date(occurredAt ? timestampMs(occurredAt) : 0)),
      ],
    ),
  );
}
