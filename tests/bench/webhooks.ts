/**
 * From a row in an outbox to a request at its receiver: `node tests/bench/webhooks.ts [--events 3000] [--seconds 8]`.
 *
 * A burst tells how many events a second pass through relay, log, queue and request. A steady stream at half of that tells the lag, from
 * the row's being written to the request's arrival. Beside both the bare queue: one table, as many workers, a row locked while its
 * request is under way and then removed; no log, no history, no signature, no second process. Same PostgreSQL, same receiver. What is told
 * in order altogether has one request at a time, and is measured beside one worker.
 */
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { Ordering } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import pg from "pg";
import { startBenchCluster } from "./load/bench-cluster.ts";
import { percentile } from "./load/statistics.ts";
import { type BenchReceiver, benchReceiver, startWebhookBench, type TellingOptions } from "./load/webhook-bench.ts";

const { values: options } = parseArgs({
  options: { events: { type: "string", default: "3000" }, seconds: { type: "string", default: "8" } },
});
const EVENTS = Number(options.events);
const SECONDS = Number(options.seconds);
const CONCURRENCY = 10;
const TICK_MS = 50;

/** Something that brings events to the receiver. */
interface Side {
  announce(count: number): Promise<string[]>;
  stop(): Promise<void>;
}

const cluster = await startBenchCluster(1);
const receiver = await benchReceiver();
try {
  const ours = async (name: string, telling: TellingOptions): Promise<number> => {
    const url = await cluster.createDatabase(`ours_${telling.ordering}`);
    return measure(name, await startWebhookBench(url, cluster.folder, receiver.url, telling));
  };
  const inAnyOrder = await ours("webhooks", { concurrency: CONCURRENCY, ordering: Ordering.NONE });
  const perRegistration = await ours("in order of 100 registrations", {
    concurrency: CONCURRENCY,
    ordering: Ordering.PER_REGISTRATION,
    registrations: 100,
  });
  const bare = await measure("bare queue", await bareQueue(CONCURRENCY));
  const inOrder = await ours("in order altogether", { concurrency: CONCURRENCY, ordering: Ordering.ALL });
  const bareInOrder = await measure("bare queue, one worker", await bareQueue(1));
  const share = (rate: number, of: number): string => `${((rate / of) * 100).toFixed(0)}%`;
  console.log(`share of the bare queue's rate: ${share(inAnyOrder, bare)}`);
  console.log(`in order of a registration: ${share(perRegistration, bare)}`);
  console.log(`in order altogether, of one worker's rate: ${share(inOrder, bareInOrder)}`);
} finally {
  receiver.stop();
  await cluster.stop();
}

/** Prints a side's rate and lag. Answers its rate. */
async function measure(name: string, side: Side): Promise<number> {
  await arrival(await side.announce(100), receiver);
  const begin = Date.now();
  const ids = await side.announce(EVENTS);
  await arrival(ids, receiver);
  const rate = EVENTS / ((Math.max(...ids.map((id) => receiver.arrived.get(id) ?? 0)) - begin) / 1000);
  const perTick = Math.max(1, Math.round((rate / 2) * (TICK_MS / 1000)));
  const lags: number[] = [];
  const sent = new Map<string, number>();
  for (const end = performance.now() + SECONDS * 1000; performance.now() < end; await sleep(TICK_MS)) {
    const at = Date.now();
    for (const id of await side.announce(perTick)) sent.set(id, at);
  }
  await arrival([...sent.keys()], receiver);
  for (const [id, at] of sent) lags.push((receiver.arrived.get(id) ?? 0) - at);
  await side.stop();
  const lag = [0.5, 0.95, 0.99].map((share) => `${percentile(lags, share).toFixed(0)} ms`).join(" / ");
  console.log(
    `${name.padEnd(30)} burst of ${EVENTS}: ${rate.toFixed(0)}/s | steady ${((sent.size / SECONDS) | 0).toFixed(0)}/s: lag p50 / p95 / p99 ${lag}`,
  );
  return rate;
}

async function arrival(ids: readonly string[], { arrived }: BenchReceiver): Promise<void> {
  for (const end = performance.now() + 120_000; ids.some((id) => !arrived.has(id)); await sleep(5)) {
    if (performance.now() > end) throw new Error("not everything arrived");
  }
}

async function bareQueue(workers: number): Promise<Side> {
  const pool = new pg.Pool({ connectionString: cluster.url, max: workers + 1 });
  // Connections that close with the cluster are no news.
  pool.on("error", () => undefined);
  await pool.query("create table if not exists bare_queue (id uuid primary key, body text not null)");
  let going = true;
  const post = (id: string, body: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = { "webhook-id": id, "content-type": "application/json" };
      const sent = request(receiver.url, { method: "POST", headers, agent: false }, (response) => {
        response.resume().on("end", resolve);
      });
      sent.on("error", reject).end(body);
    });
  const work = async (): Promise<void> => {
    const client = await pool.connect();
    while (going) {
      await client.query("begin");
      const { rows } = await client.query("select id, body from bare_queue order by id limit 1 for update skip locked");
      if (rows[0]) {
        await post(rows[0].id, rows[0].body);
        await client.query("delete from bare_queue where id = $1", [rows[0].id]);
      }
      await client.query("commit");
      if (!rows[0]) await sleep(20);
    }
    client.release();
  };
  const working = Array.from({ length: workers }, work);
  const body = JSON.stringify({ type: "registration.completed", data: { change: { result: { progress: 1 } } } });
  return {
    async announce(count) {
      const ids = Array.from({ length: count }, () => uuidV7());
      await pool.query("insert into bare_queue select id, $2 from unnest($1::uuid[]) as n(id)", [ids, body]);
      return ids;
    },
    async stop() {
      going = false;
      await Promise.all(working);
      await pool.end();
    },
  };
}
