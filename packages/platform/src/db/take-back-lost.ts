import type pg from "pg";

/** How long whoever has a connection may take to give it back after it was lost, milliseconds. */
const GRACE_MS = 500;

/**
 * Takes connections that were lost back into their pool. Kysely gives the connection of a transaction back only after a `commit` or
 * `rollback` that succeeded, and none does on a connection that is gone: a pool would be smaller by one for each, and in the end everybody
 * would wait for ever.
 */
export function takeBackLost(pool: pg.Pool): void {
  const taken = new WeakSet<pg.PoolClient>();
  pool.on("acquire", (client) => taken.add(client));
  pool.on("release", (_error, client) => taken.delete(client));
  pool.on("connect", (client) => {
    client.once("end", () => {
      setTimeout(() => {
        if (taken.has(client)) client.release(new Error("the connection was lost"));
      }, GRACE_MS).unref();
    });
  });
}
