/**
 * The record store by itself, in this process and without HTTP: `node tests/bench/lrs.ts [--parts ingest,query,memory] [--seconds 5]
 * [--rounds 3] [--statements 1000000] [--queries 200]`.
 *
 * Ingestion: 16 senders, each with one statement or with batches of 50, beside the database's own ceiling on the same PostgreSQL: rows of the
 * same JSON in a table with five indexes, over 16 connections. Rounds of both take turns; the median round counts. Aim: half the ceiling.
 * Processor time counts the senders, the store and PostgreSQL. lrs-http.ts is the same through the whole product.
 * Queries: limit 50 by each filter and some together, over statements made inside the database. Aim: p95 below 20 ms. "net"
 * is the p95 without the time in which we or PostgreSQL were ready to run and the machine's other work had the processors; the aim is judged by it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startBenchCluster } from "./load/bench-cluster.ts";
import { compareIngestion, type IngestionSide, type Send } from "./load/compare-ingestion.ts";
import { databaseCeiling } from "./load/database-ceiling.ts";
import { type LrsBench, startLrsBench } from "./load/lrs-bench.ts";
import { courseStatement } from "./load/lrs-statements.ts";
import { fillStatements } from "./load/million-statements.ts";
import { waitedMs } from "./load/process-cpu.ts";
import { type Filter, statementFilters } from "./load/statement-filters.ts";
import { percentile } from "./load/statistics.ts";

const { values: options } = parseArgs({
  options: {
    parts: { type: "string", default: "ingest,query,memory" },
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    statements: { type: "string", default: "1000000" },
    queries: { type: "string", default: "200" },
  },
});
const SENDERS = 16;
const AIM_MS = 20;

const cluster = await startBenchCluster(1);
const lrs = await startLrsBench(cluster);
try {
  for (const part of options.parts.split(",")) {
    if (part === "ingest") await benchIngest(lrs, cluster.url);
    if (part === "query") await benchQueries(lrs, cluster.url);
    if (part === "memory") await benchMemory(lrs);
  }
} finally {
  await lrs.stop();
  await cluster.stop();
}

async function benchIngest(store: LrsBench, url: string): Promise<void> {
  const ceiling = await databaseCeiling(url, SENDERS);
  const side = (send: Send): IngestionSide => ({
    senders: Array.from({ length: SENDERS }, () => send),
    cpu: cpuUsed,
  });
  const length = { seconds: Number(options.seconds), rounds: Number(options.rounds) };
  await compareIngestion(side(ceiling.insert), side(store.store), length);
  await ceiling.stop();
}

/** Seconds of processor time that this process and PostgreSQL have used. */
function cpuUsed(): number {
  const { user, system } = process.cpuUsage();
  return cluster.cpuSeconds() + (user + system) / 1e6;
}

async function benchQueries(store: LrsBench, url: string): Promise<void> {
  const count = Number(options.statements);
  const began = performance.now();
  await fillStatements(url, store.tenantId, count);
  // What filled it is gone from the books by then.
  await sleep(1000);
  console.log(`\n${count} statements made in ${((performance.now() - began) / 1000).toFixed(0)} s; limit 50`);
  console.log(`${"query".padEnd(40)} | newest p50     p95     net | oldest p50     p95     net | CPU ms`);
  const missed: string[] = [];
  for (const [name, filterOf] of Object.entries(statementFilters())) {
    const cells: string[] = [];
    const before = cpuUsed();
    for (const ascending of [false, true]) {
      const times = await timesOf(store, filterOf, ascending);
      const [took, net] = [times.map((it) => it.took), times.map((it) => it.net)];
      const columns = [percentile(took, 0.5), percentile(took, 0.95), percentile(net, 0.95)];
      cells.push(columns.map((it) => it.toFixed(1).padStart(7)).join(" "));
      if (percentile(net, 0.95) > AIM_MS) missed.push(name);
    }
    const cpu = ((cpuUsed() - before) * 1000) / (2 * Number(options.queries));
    console.log(
      `${name.padEnd(40)} | ${cells.map((it) => it.padStart(26)).join(" | ")} | ${cpu.toFixed(1).padStart(6)}`,
    );
  }
  console.log(missed.length === 0 ? "all below the aim" : `aim missed: ${missed.join(", ")}`);
}

/** Milliseconds of a query. */
interface QueryTime {
  readonly took: number;
  /** Without the time in which we or PostgreSQL were ready to run and others had the processors. */
  readonly net: number;
}

async function timesOf(store: LrsBench, filterOf: (turn: number) => Filter, ascending: boolean): Promise<QueryTime[]> {
  const times: QueryTime[] = [];
  const pids = [process.pid, ...cluster.pids()];
  const waited = (): number => pids.reduce((sum, pid) => sum + waitedMs(pid), 0);
  for (let turn = 0; turn < Number(options.queries); turn += 1) {
    const before = waited();
    const began = performance.now();
    await store.call((it) => it.queryStatements({ filter: filterOf(turn), ascending, limit: 50 }));
    const took = performance.now() - began;
    times.push({ took, net: Math.max(0, took - (waited() - before)) });
  }
  return times;
}

/** What a batch of 1 MB costs this process while 16 are under way, beyond what it has at rest. */
async function benchMemory(store: LrsBench): Promise<void> {
  const batch = (): string[] => Array.from({ length: 750 }, () => courseStatement());
  await store.store(batch());
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  await Promise.all(Array.from({ length: SENDERS }, async () => store.store(batch())));
  clearInterval(watch);
  const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(0);
  console.log(
    `\nmemory: ${megabytes(before)} MB, at most ${megabytes(most)} MB with ${SENDERS} batches of 1 MB under way: ${megabytes((most - before) / SENDERS)} MB each`,
  );
}
