import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type PostgresCluster, startCluster } from "@coursemesh/platform/db/postgres-cluster.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { contend, contendedStatement } from "../../services/lrs/test/contending-writers.ts";
import type { Json } from "../../services/lrs/test/statement-calls.ts";
import { type Product, startProduct } from "../product/start-product.ts";
import { type HttpStatements, httpStatements, type NotStored } from "./http-statements.ts";

/** How often the process is killed or PostgreSQL restarted, and how long writers contend: `npm run chaos` does 50 and 60 s. */
const KILLS = Number(process.env.CHAOS_LRS_KILLS ?? 3);
const SECONDS = Number(process.env.CHAOS_LRS_SECONDS ?? 3);

let folder: string;
let cluster: PostgresCluster;
let product: Product;
let statements: HttpStatements;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "coursemesh-chaos-"));
  // Made for its owner only by default; PostgreSQL may run as another user.
  chmodSync(folder, 0o755);
  cluster = await startCluster({ dataDir: join(folder, "postgres") });
  product = await startProduct({ env: { DATABASE_URL: cluster.url } });
  statements = httpStatements(product);
});
afterAll(async () => {
  await product.remove();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Ends PostgreSQL and starts it again where it was. @param signal SIGINT breaks connections off, SIGQUIT leaves a crash to recover from */
async function restartPostgres(signal: "SIGINT" | "SIGQUIT"): Promise<void> {
  process.kill(cluster.pid, signal);
  await cluster.stop();
  cluster = await startCluster({ dataDir: join(folder, "postgres"), port: Number(new URL(cluster.url).port) });
}

const repeated = (ids: readonly string[]): string[] => {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
};

it(
  `refuses and loses nothing in ${SECONDS} s of 16 writers of batches of 50 that share activities and actors`,
  async () => {
    const end = performance.now() + SECONDS * 1000;
    const goOn = (): boolean => performance.now() < end;
    const { acknowledged, errors } = await contend([statements], { writers: 16, batchSize: 50, goOn });
    expect(errors).toEqual([]);
    const found = await statements.allIds();
    console.log(`${acknowledged.length} statements by 16 writers in ${SECONDS} s`);
    expect(found.toSorted()).toEqual(acknowledged.toSorted());
  },
  SECONDS * 10_000 + 60_000,
);

it(
  `keeps every acknowledged statement, once, through ${KILLS} kills of the process and restarts of PostgreSQL`,
  async () => {
    const before = await statements.allIds();
    const [sent, acknowledged] = [new Set(before), new Set(before)];
    const refusals: number[] = [];
    let writing = true;
    const writer = async (index: number): Promise<void> => {
      let batch: Json[] = [];
      for (let turn = index; writing; ) {
        if (batch.length === 0) batch = Array.from({ length: 10 }, contendedStatement);
        for (const { id } of batch) sent.add(String(id));
        try {
          for (const id of (await statements.store(batch)).ids) acknowledged.add(id);
          batch = [];
        } catch (error) {
          const { status } = error as NotStored;
          if (status >= 400 && status < 500 && status !== 429) refusals.push(status);
          await sleep(50);
          // Some send it again, as clients do that must not lose it; others never learn what became of it.
          turn += 1;
          if (turn % 3 === 0) batch = [];
        }
      }
    };
    const writers = Array.from({ length: 8 }, (_, index) => writer(index));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const last = acknowledged.size;
      await expect.poll(() => acknowledged.size, { timeout: 60_000, interval: 20 }).toBeGreaterThan(last);
      // At another moment each time.
      await sleep((kill * 37) % 200);
      if (kill % 2 === 0) await restartPostgres(kill % 4 === 0 ? "SIGINT" : "SIGQUIT");
      else {
        await product.kill();
        await product.restart();
      }
    }
    const last = acknowledged.size;
    await expect.poll(() => acknowledged.size, { timeout: 60_000 }).toBeGreaterThan(last);
    writing = false;
    await Promise.all(writers);
    const found = await statements.allIds();
    console.log(
      `${acknowledged.size - before.length} acknowledged, ${sent.size - before.length} sent, ${found.length - before.length} stored`,
    );
    expect(refusals).toEqual([]);
    expect(repeated(found)).toEqual([]);
    const stored = new Set(found);
    expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
    expect(found.filter((id) => !sent.has(id))).toEqual([]);
  },
  KILLS * 20_000 + 120_000,
);
