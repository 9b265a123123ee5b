import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../net/free-port.ts";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";

/** A PostgreSQL that we started, or found running from before. */
export interface PostgresCluster {
  /** Address of the maintenance database, as the superuser. */
  readonly url: string;
  readonly pid: number;
  /** Stops it as `pg_ctl stop -m fast` does: nothing committed is lost. */
  stop(): Promise<void>;
}

/** How a cluster is made and run. */
export interface ClusterOptions {
  /** The cluster's own folder; made when absent. */
  readonly dataDir: string;
  /** Server settings, `name=value`. */
  readonly settings?: readonly string[];
  /** Port to listen on, for a server that must be found again where it was; a free one otherwise. */
  readonly port?: number;
}

const SUPERUSER = "coursemesh_owner";
const START_LIMIT_MS = 60_000;

/**
 * Starts PostgreSQL on a data folder, made if new. A server that outlived a killed parent is taken over rather than started twice.
 * Listens on loopback only, with a password kept beside the data folder.
 */
export async function startCluster(options: ClusterOptions): Promise<PostgresCluster> {
  const binaries = await findPostgresBinaries();
  const passwordFile = `${options.dataDir}.password`;
  if (!existsSync(join(options.dataDir, "PG_VERSION"))) initialise(binaries, options.dataDir, passwordFile);
  const password = readFileSync(passwordFile, "utf8").trim();
  const running = runningServer(options.dataDir);
  if (running) {
    const url = urlOf(running.port, password);
    if (await answers(url, START_LIMIT_MS)) return cluster(url, running.pid);
  }
  const port = options.port ?? (await freePort());
  const log = join(dirname(options.dataDir), "postgres-start.log");
  const pid = launch(binaries, options, port, log);
  const url = urlOf(port, password);
  if (await answers(url, START_LIMIT_MS, pid)) return cluster(url, pid);
  throw new Error(`PostgreSQL did not start; its log is in ${options.dataDir}/log`);
}

function initialise(binaries: PostgresBinaries, dataDir: string, passwordFile: string): void {
  const unfinished = `${dataDir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  const { runAs } = binaries;
  if (runAs) for (const path of [unfinished, passwordFile]) chownSync(path, runAs.uid, runAs.gid);
  const result = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${unfinished}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--no-instructions",
    ],
    { ...identity(binaries), encoding: "utf8" },
  );
  if (result.status !== 0)
    throw new Error(`initdb failed in ${dataDir}: ${(result.error?.message ?? result.stderr).trim()}`);
  rmSync(dataDir, { recursive: true, force: true });
  renameSync(unfinished, dataDir);
}

function launch(binaries: PostgresBinaries, options: ClusterOptions, port: number, log: string): number {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "logging_collector=on",
    "log_directory=log",
    "log_filename=postgresql-%a.log",
    "log_truncate_on_rotation=on",
    ...(options.settings ?? []),
  ];
  const child = spawn(
    binaries.postgres,
    ["-D", options.dataDir, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    // Detached, so that Ctrl-C in a terminal reaches only us and the services finish before their database does.
    { ...identity(binaries), stdio: "ignore", detached: true },
  );
  child.on("error", (error) => writeFileSync(log, String(error)));
  child.unref();
  if (child.pid === undefined) throw new Error(`${binaries.postgres} could not be started`);
  return child.pid;
}

function identity(binaries: PostgresBinaries): { uid?: number; gid?: number; cwd: string } {
  return binaries.runAs ? { uid: binaries.runAs.uid, gid: binaries.runAs.gid, cwd: "/" } : { cwd: "/" };
}

/** Reads `postmaster.pid`: process in line 1, port in line 4. */
function runningServer(dataDir: string): { pid: number; port: number } | undefined {
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return isAlive(pid) && port > 0 ? { pid, port } : undefined;
}

function cluster(url: string, pid: number): PostgresCluster {
  return {
    url,
    pid,
    async stop() {
      if (isAlive(pid)) process.kill(pid, "SIGINT");
      while (isAlive(pid)) await sleep(20);
    },
  };
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function answers(url: string, limitMs: number, pid?: number): Promise<boolean> {
  for (const end = performance.now() + limitMs; performance.now() < end; ) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return true;
    } catch (error) {
      if (pid !== undefined && !isAlive(pid)) return false;
      if ((error as { code?: string }).code === "28P01")
        throw new Error("the running PostgreSQL refuses our password", { cause: error });
      await sleep(30);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}

function urlOf(port: number, password: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
}
