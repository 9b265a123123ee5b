import { TENANT_VARIABLE } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";

/** Compiling a question with this many sums takes longer than answering it. */
export const WITHOUT_JIT = "set_config('jit', 'off', true)";

/** Reads one organization's rows as they are at one moment, so that all figures of an answer go together. */
export async function snapshot<T>(
  pool: pg.Pool,
  tenantId: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await beginSnapshot(pool, tenantId);
  try {
    return await work(client);
  } finally {
    await endSnapshot(client);
  }
}

/** The same for readers that go on for long; whoever begins ends it. */
export async function beginSnapshot(pool: pg.Pool, tenantId: string): Promise<pg.PoolClient> {
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    // Sets of learners are sorted in memory rather than on disk.
    await client.query(`select set_config($1, $2, true), ${WITHOUT_JIT}, set_config('work_mem', '32MB', true)`, [
      TENANT_VARIABLE,
      tenantId,
    ]);
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

export async function endSnapshot(client: pg.PoolClient): Promise<void> {
  const broken = await client.query("rollback").then(
    () => false,
    () => true,
  );
  client.release(broken);
}
