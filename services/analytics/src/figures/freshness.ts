import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type pg from "pg";

/** Up to when every event is counted. A rebuild works beside the figures in use, so they are never partial. */
export async function freshnessOf(client: pg.ClientBase, tenantId: string) {
  const { rows } = await client.query<{ as_of: Date }>(
    "select coalesce(min(since), now()) as as_of from dirty where tenant_id = $1",
    [tenantId],
  );
  return { asOf: timestampFromDate(rows[0]?.as_of ?? new Date()), partial: false };
}
