import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { canReach, findPostgresBinaries } from "../db/postgres-binaries.ts";
import { startCluster } from "../db/postgres-cluster.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the test cluster's maintenance database, as the superuser. */
    postgresUrl: string;
  }
}

/** One PostgreSQL for a whole test run, in a temporary folder, without waiting for the disk. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "coursemesh-test-"));
  await openFor(folder);
  const cluster = await startCluster({
    dataDir: join(folder, "postgres"),
    settings: ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
  });
  project.provide("postgresUrl", cluster.url);
  return async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** `mkdtemp` makes a folder only its owner may search; PostgreSQL may run as another user. */
async function openFor(folder: string): Promise<void> {
  const { runAs } = await findPostgresBinaries();
  if (runAs === undefined) return;
  const { chmodSync } = await import("node:fs");
  chmodSync(folder, 0o755);
  if (!canReach(folder, runAs))
    throw new Error(`${runAs.name} cannot reach ${folder}; set TMPDIR to a folder open to all`);
}
