import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { createTestDatabase, type TestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import { createTestMesh, personCaller, type TestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import pg from "pg";
import { vi } from "vitest";
import { buildApp } from "../src/app.ts";
import { analyticsConfig } from "../src/config.ts";
import { service } from "../src/service.ts";

export const ORGANIZATION = "00000000-0000-7000-8000-000000000001";
export const OTHER = "00000000-0000-7000-8000-000000000002";
export const owner = personCaller(ORGANIZATION);
export const stranger = personCaller(OTHER);
/** Somebody who administers the installation. */
export const administrator: Caller = { ...owner, platformAdministrator: true };

/** The service in memory with a database of its own. */
export interface AnalyticsHarness {
  readonly mesh: TestMesh;
  readonly test: TestDatabase;
  /** Reads tables past row-level security's tenant. */
  readonly sql: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Announces events and waits until figures have them. */
  readonly announce: (events: readonly EventEnvelope[], batch?: number, waitMs?: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startAnalytics(now: () => Date = () => new Date()): Promise<AnalyticsHarness> {
  const test = await createTestDatabase([{ service: "analytics", migrations: service.migrations }]);
  const mesh = await createTestMesh();
  const config = readConfig(analyticsConfig, { DATABASE_URL: test.urlOf("analytics") });
  await mesh.add((deps) => buildApp(config, deps, now));
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 2 });
  const sql = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    inSystem(pool, async (client) => (await client.query<Row>(text, values)).rows);
  return {
    mesh,
    test,
    sql,
    async announce(events, batch = 200, waitMs = 60_000) {
      for (let start = 0; start < events.length; start += batch)
        await mesh.deps.bus.publishMany(events.slice(start, start + batch));
      await vi.waitFor(
        async () => {
          const [left] = await sql<{ count: string }>("select count(*) as count from dirty");
          if (left?.count !== "0") throw new Error(`${left?.count} registrations wait`);
        },
        { timeout: waitMs, interval: 30 },
      );
    },
    async stop() {
      await mesh.stop();
      await pool.end();
      await test.drop();
    },
  };
}
