import type pg from "pg";

/** Refuses the launches of a package from now on, and of all packages in an archive. Absent is success. */
export async function revokePackage(client: pg.ClientBase, tenantId: string, id: string, now: Date): Promise<void> {
  await client.query(
    `update package set revoked_at = $3 where tenant_id = $1 and revoked_at is null
       and id in (select $2::uuid union select package_id from package_member where archive_id = $2)`,
    [tenantId, id, now],
  );
}
