import type pg from "pg";

/**
 * Holds what is used of dispatches and of their destinations to the end of the transaction. Everybody who admits, removes or resets takes
 * these rows first, destinations before dispatches, so that two never wait for each other.
 */
export async function lockUsage(client: pg.ClientBase, dispatchIds: readonly string[]): Promise<void> {
  await client.query(
    `select from licence_usage where subject_id in (select destination_id from dispatch where id = any($1::uuid[]))
     order by subject_id for update`,
    [dispatchIds],
  );
  await client.query("select from licence_usage where subject_id = any($1::uuid[]) order by subject_id for update", [
    dispatchIds,
  ]);
}
