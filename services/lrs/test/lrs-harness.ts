import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { createTestDatabase, TEST_SECRET, type TestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import { createTestMesh, personCaller, type TestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import { type Caller, CallerKind } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import pg from "pg";
import { buildApp } from "../src/app.ts";
import { lrsConfig } from "../src/config.ts";
import { service } from "../src/service.ts";

export const owner = personCaller("00000000-0000-7000-8000-000000000001");
export const stranger = personCaller("00000000-0000-7000-8000-000000000002");

/** An API key of the owner's organization with the owner's permissions. */
export const keyCaller = (id: string, of: Caller = owner): Caller => ({ ...of, kind: CallerKind.API_KEY, id });

/** The record store in memory with a database of its own. */
export interface LrsHarness {
  readonly mesh: TestMesh;
  readonly test: TestDatabase;
  /** Reads tables past row-level security's tenant. */
  readonly sql: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  readonly stop: () => Promise<void>;
}

/** @param shared whose database is used as well, as by another process. */
export async function startLrs(
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly shared?: LrsHarness;
    readonly now?: () => Date;
  } = {},
): Promise<LrsHarness> {
  const { env, shared, now } = options;
  const test = shared?.test ?? (await createTestDatabase([{ service: "lrs", migrations: service.migrations }]));
  const mesh = await createTestMesh();
  const config = readConfig(lrsConfig, {
    DATABASE_URL: test.urlOf("lrs"),
    MESH_SECRET: TEST_SECRET,
    SECRETS_KEY: TEST_SECRET,
    ...env,
  });
  await mesh.add((deps) => buildApp(config, deps, now));
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 2 });
  return {
    mesh,
    test,
    sql: <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      inSystem(pool, async (client) => (await client.query<Row>(text, values)).rows),
    async stop() {
      await mesh.stop();
      await pool.end();
      if (shared === undefined) await test.drop();
    },
  };
}
