import type pg from "pg";
import { type LicenceSubject, notFound } from "./licence.repository.ts";

/**
 * Starts counting again from zero, once per request. Learners who are in keep their place and are not counted again until they come as new.
 * @throws DISPATCH_NOT_FOUND, DESTINATION_NOT_FOUND
 */
export async function resetUsage(
  client: pg.ClientBase,
  tenantId: string,
  requestId: string,
  of: LicenceSubject,
  now: Date,
): Promise<void> {
  const table = of.case === "dispatchId" ? "dispatch" : "destination";
  const held = `select from licence_usage u join ${table} t on t.id = u.subject_id
    where u.tenant_id = $1 and u.subject_id = $2 for update of u`;
  if (!(await client.query(held, [tenantId, of.value])).rowCount) throw notFound(of);
  const { rowCount: isNew } = await client.query(
    "insert into usage_reset (tenant_id, request_id, subject_id) values ($1, $2, $3) on conflict do nothing",
    [tenantId, requestId, of.value],
  );
  if (!isNew) return;
  await client.query(
    "update licence_usage set used = 0, reset_at = $3, limit_reached_at = null where tenant_id = $1 and subject_id = $2",
    [tenantId, of.value, now],
  );
}
