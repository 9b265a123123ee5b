import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "../net/free-port.ts";

/** A Redis of a test's own. */
export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 10_000;

/**
 * Whether tests can have a Redis. Where it is missing they are left out with a sentence, but never on the continuous integration server.
 * @throws Error there
 */
export function hasRedis(): boolean {
  if (spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0) return true;
  if (process.env.CI) throw new Error("redis-server is missing; tests of the mesh with Redis need it");
  process.stderr.write("redis-server is missing, so what needs Redis is not tested.\n");
  return false;
}

/** Starts a Redis that keeps every write, on loopback. */
export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "coursemesh-redis-"));
  const port = await freePort();
  const child = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--save", ""],
    { stdio: "ignore" },
  );
  const url = `redis://127.0.0.1:${port}/0`;
  await untilAnswering(url, child);
  return {
    url,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  redis.on("error", () => undefined);
  const late = AbortSignal.timeout(START_LIMIT_MS);
  await Promise.race([redis.ping(), sleep(START_LIMIT_MS, undefined, { ref: false })]);
  redis.disconnect();
  if (late.aborted || child.exitCode !== null) throw new Error("redis-server did not start");
}
