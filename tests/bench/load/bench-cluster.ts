import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startCluster } from "@coursemesh/platform/db/postgres-cluster.ts";
import pg from "pg";
import { childrenOf, familyCpuSeconds } from "./process-cpu.ts";
import type { Sender } from "./rounds.ts";

/** A fresh PostgreSQL that waits for the disk, as in production, with a table for bare inserts. */
export interface BenchCluster {
  /** Address of a database on it, made when it is not there. */
  createDatabase(name: string): Promise<string>;
  /** Address of the maintenance database. */
  readonly url: string;
  readonly folder: string;
  /** Clients that insert one row with the same text in place of every delivery; all share the connections. */
  bareSenders(count: number): Sender[];
  /** Seconds of processor time that PostgreSQL has used, all its processes together. */
  cpuSeconds(): number;
  /** Its processes. */
  pids(): number[];
  stop(): Promise<void>;
}

/** How the cluster is run. */
export interface BenchClusterOptions {
  /** Stays when the bench is over, for the next run; a temporary folder when absent. */
  readonly keptIn?: string | undefined;
  /** Server settings, `name=value`. */
  readonly settings?: readonly string[];
}

/** @param connections of all bare clients together. */
export async function startBenchCluster(connections: number, options: BenchClusterOptions = {}): Promise<BenchCluster> {
  const { keptIn, settings = [] } = options;
  const folder = keptIn === undefined ? mkdtempSync(join(tmpdir(), "coursemesh-bench-")) : resolve(keptIn);
  mkdirSync(folder, { recursive: true });
  // Made for its owner only by default; PostgreSQL may run as another user.
  chmodSync(folder, 0o755);
  const cluster = await startCluster({ dataDir: join(folder, "postgres"), settings });
  const pool = new pg.Pool({ connectionString: cluster.url, max: connections });
  // Connections that close with the cluster are no news.
  pool.on("error", () => undefined);
  await pool.query(
    "create table if not exists bare (id bigint generated always as identity primary key, calls text not null)",
  );
  const insert = async (text: string): Promise<void> => {
    await pool.query({ name: "bare", text: "insert into bare (calls) values ($1)", values: [text] });
  };
  return {
    url: cluster.url,
    folder,
    async createDatabase(name) {
      const { rowCount } = await pool.query("select from pg_database where datname = $1", [name]);
      if (rowCount === 0) await pool.query(`create database ${name}`);
      const url = new URL(cluster.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    bareSenders: (count) =>
      Array.from({ length: count }, () => ({ place: { activity: "A" }, send: (_, text) => insert(text), next: 1 })),
    cpuSeconds: () => familyCpuSeconds(cluster.pid),
    pids: () => childrenOf(cluster.pid),
    async stop() {
      await pool.end();
      await cluster.stop();
      if (keptIn === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
