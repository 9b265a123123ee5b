import { TENANT_VARIABLE } from "@coursemesh/platform/db/database.ts";
import pg from "pg";

/** Keeps the rest of a transaction to plans that walk along indexes, whatever the planner knows of the tables. */
export const WALK_INDEXES = ["seqscan", "bitmapscan", "hashjoin", "mergejoin"]
  .map((plan) => `set local enable_${plan} = off`)
  .concat("set local max_parallel_workers_per_gather = 0")
  .join("; ");

/**
 * Reads one organization's rows in a transaction whose plans walk along indexes. It takes one call to begin, and nobody waits for its end:
 * where processors are scarce, a query waits for one with each call more than it works.
 */
export async function inWalk<T>(
  pool: pg.Pool,
  tenantId: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const end = (command: "commit" | "rollback"): void => {
    client.query(command).then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  };
  try {
    await client.query(
      `begin read only; set local ${TENANT_VARIABLE} = ${pg.escapeLiteral(tenantId)}; ${WALK_INDEXES}`,
    );
    const result = await work(client);
    end("commit");
    return result;
  } catch (error) {
    end("rollback");
    throw error;
  }
}
