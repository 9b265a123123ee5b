import type { BlobStore } from "@coursemesh/platform/blobs/blob-store.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";

const HOUR_MS = 60 * 60 * 1000;
/** How long content waits for a statement that names it. */
const UNUSED_MS = 24 * HOUR_MS;
const BATCH = 100;

/**
 * Removes content that no statement named within a day: its row first, its bytes an hour later unless somebody brought them again.
 * Any number of processes may do this at once.
 */
export async function sweepAttachments(pool: pg.Pool, blobs: BlobStore, now: Date): Promise<void> {
  await inSystem(pool, (client) =>
    client.query(
      `with gone as (
         delete from attachment where not used and created_at < $1 returning tenant_id, blob_hash
       )
       insert into attachment_garbage (tenant_id, blob_hash, since) select distinct tenant_id, blob_hash, $2::timestamptz from gone
       on conflict do nothing`,
      [new Date(now.getTime() - UNUSED_MS), now],
    ),
  );
  for (let collected = BATCH; collected === BATCH; ) {
    collected = await inSystem(pool, async (client) => {
      const { rows } = await client.query<{ blob_hash: string; named: boolean }>(
        `delete from attachment_garbage g where (tenant_id, blob_hash) in (
           select tenant_id, blob_hash from attachment_garbage where since < $1 limit $2 for update skip locked
         )
         returning blob_hash, exists (
           select from attachment a where a.tenant_id = g.tenant_id and a.blob_hash = g.blob_hash
         ) as named`,
        [new Date(now.getTime() - HOUR_MS), BATCH],
      );
      for (const { blob_hash, named } of rows) if (!named) await blobs.delete(blob_hash);
      return rows.length;
    });
  }
}
