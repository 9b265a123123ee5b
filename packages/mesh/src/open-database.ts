import { migrate, type ServiceDatabase } from "@coursemesh/platform/db/migrate.ts";
import { startCluster } from "@coursemesh/platform/db/postgres-cluster.ts";
import pg from "pg";
import type { DataDir } from "./data-dir.ts";

/** The installation's database, migrated. */
export interface OpenedDatabase {
  /** As the owner. */
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

const NAME = "coursemesh";

/** Starts the built-in PostgreSQL, or uses the one given, and brings it up to date. */
export async function openInstallationDatabase(
  given: string | undefined,
  dataDir: DataDir,
  services: readonly ServiceDatabase[],
): Promise<OpenedDatabase> {
  if (given !== undefined) {
    await migrate(given, dataDir.secret, services);
    return { ownerUrl: given, stop: async () => undefined };
  }
  const cluster = await startCluster({ dataDir: dataDir.postgres });
  const url = new URL(cluster.url);
  url.pathname = `/${NAME}`;
  try {
    await createDatabase(cluster.url);
    await migrate(url.href, dataDir.secret, services);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return { ownerUrl: url.href, stop: () => cluster.stop() };
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [NAME]);
    if (!rowCount) await client.query(`create database ${NAME}`);
  } finally {
    await client.end();
  }
}
