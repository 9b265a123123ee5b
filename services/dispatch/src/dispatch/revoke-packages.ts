import type pg from "pg";

/**
 * Revokes the packages of a dispatch that were made before a time; the dispatch remembers it, for packages that were removed from the list.
 * Answers how many are revoked by this.
 */
export async function revokePackages(
  client: pg.ClientBase,
  dispatchId: string,
  before: Date,
  now: Date,
): Promise<number> {
  await client.query(
    "update dispatch set packages_revoked_before = greatest(packages_revoked_before, $2) where id = $1",
    [dispatchId, before],
  );
  const { rowCount } = await client.query(
    "update package set revoked_at = $3 where dispatch_id = $1 and created_at < $2 and revoked_at is null",
    [dispatchId, before, now],
  );
  return rowCount ?? 0;
}
