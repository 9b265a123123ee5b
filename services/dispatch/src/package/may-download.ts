import type pg from "pg";
import { errors } from "../errors.ts";
import type { PackageRow } from "./package-row.ts";

interface TermsRow {
  readonly dispatch_id: string;
  readonly expires_at: Date | null;
  readonly usage_limit: number;
  readonly used: string;
}

/**
 * A package is not given away when nobody new could begin with it. An archive was made of what could be given away, so only its
 * destination's own terms count.
 * @throws PACKAGE_EXPIRED, USAGE_LIMIT_EXCEEDED
 */
export async function requireDownloadable(client: pg.ClientBase, row: PackageRow, now: Date): Promise<void> {
  const { rows } = await client.query<TermsRow>(
    `select $1::uuid as dispatch_id, t.expires_at, t.usage_limit, u.used from dispatch t join licence_usage u on u.subject_id = t.id where t.id = $1
     union all
     select $1, s.expires_at, s.usage_limit, u.used from destination s join licence_usage u on u.subject_id = s.id
     where s.id = coalesce($2, (select destination_id from dispatch where id = $1))`,
    [row.dispatch_id, row.destination_id],
  );
  for (const { expires_at, usage_limit, used } of rows) {
    const dispatch_id = row.dispatch_id ?? "";
    if (expires_at !== null && expires_at <= now)
      throw errors.packageExpired({ dispatch_id, expire_time: expires_at.toISOString() });
    if (usage_limit > 0 && Number(used) >= usage_limit)
      throw errors.usageLimitExceeded({ dispatch_id, usage_limit: String(usage_limit) });
  }
}
