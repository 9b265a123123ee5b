/**
 * Statements through the whole product — HTTP, Basic authentication, validation, PostgreSQL on disk — beside the database's own ceiling on
 * the same PostgreSQL: `node tests/bench/lrs-http.ts [--parts ingest,memory] [--seconds 5] [--rounds 3]`.
 *
 * The product runs in a process of its own; this one sends, over 16 connections. Rounds of both take turns; the median round counts.
 * Processor time is that of PostgreSQL and of the product, or of whoever inserts. Aim: half the ceiling.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Product, startProduct } from "../product/start-product.ts";
import { startBenchCluster } from "./load/bench-cluster.ts";
import { compareIngestion, type Send } from "./load/compare-ingestion.ts";
import { databaseCeiling } from "./load/database-ceiling.ts";
import { type HttpConnection, httpConnection } from "./load/http-connection.ts";
import { statementSamples } from "./load/lrs-statements.ts";
import { cpuSeconds, residentBytes } from "./load/process-cpu.ts";

const { values: options } = parseArgs({
  options: {
    parts: { type: "string", default: "ingest,memory" },
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
  },
});
const CONNECTIONS = 16;
/** Connections to see what one costs. */
const IDLE_CONNECTIONS = 500;
/** Statements in a megabyte. */
const MEGABYTE = 750;

const cluster = await startBenchCluster(1);
const product = await startProduct({ env: { DATABASE_URL: await cluster.createDatabase("product") } });
try {
  const connections = await open(product, CONNECTIONS);
  if (options.parts.includes("ingest")) await benchIngest(connections);
  if (options.parts.includes("memory")) await benchMemory(connections);
  for (const connection of connections) connection.close();
} finally {
  await product.remove();
  await cluster.stop();
}

function open({ url, authorization }: Product, count: number): Promise<HttpConnection[]> {
  const headers = { Authorization: authorization, "X-Experience-API-Version": "1.0.3" };
  return Promise.all(Array.from({ length: count }, () => httpConnection(url, headers)));
}

function sender(connection: HttpConnection): Send {
  return async (statements) => {
    const body = statements.length === 1 ? String(statements[0]) : `[${statements.join(",")}]`;
    const answer = await connection.post("/xapi/statements", body);
    const ids = answer.status === 200 ? (JSON.parse(answer.body) as string[]) : [];
    if (ids.length !== statements.length) throw new Error(`a batch was answered ${answer.status} ${answer.body}`);
  };
}

async function benchIngest(connections: readonly HttpConnection[]): Promise<void> {
  const ceiling = await databaseCeiling(cluster.url, CONNECTIONS);
  const clientCpu = (): number => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;
  const bare = { senders: connections.map(() => ceiling.insert), cpu: () => cluster.cpuSeconds() + clientCpu() };
  const ours = {
    senders: connections.map(sender),
    cpu: () => cluster.cpuSeconds() + (cpuSeconds(product.pid()) ?? 0),
  };
  await compareIngestion(bare, ours, { seconds: Number(options.seconds), rounds: Number(options.rounds) });
  await ceiling.stop();
}

/** What the product's process needs for a connection that has sent something, and for a batch of 1 MB while 16 are under way. */
async function benchMemory(connections: readonly HttpConnection[]): Promise<void> {
  const make = statementSamples();
  const resident = (): number => residentBytes(product.pid()) ?? 0;
  const atRest = resident();
  const idle = await open(product, IDLE_CONNECTIONS);
  for (const connection of idle) await sender(connection)([make()]);
  await sleep(1000);
  const perConnection = (resident() - atRest) / IDLE_CONNECTIONS;
  for (const connection of idle) connection.close();
  const before = resident();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, resident());
  }, 20);
  for (let turn = 0; turn < 3; turn += 1)
    await Promise.all(connections.map((it) => sender(it)(Array.from({ length: MEGABYTE }, make))));
  clearInterval(watch);
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  console.log(`\nmemory: ${megabytes(before)} MB, ${(perConnection / 1000).toFixed(0)} kB a connection`);
  console.log(
    `at most ${megabytes(most)} MB with ${CONNECTIONS} batches of 1 MB under way: ${((most - before) / CONNECTIONS / 1e6).toFixed(1)} MB each`,
  );
}
