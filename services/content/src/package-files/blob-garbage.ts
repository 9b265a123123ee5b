import type { BlobStore } from "@coursemesh/platform/blobs/blob-store.ts";
import { type Database, inSystem } from "@coursemesh/platform/db/database.ts";

/** Job that deletes blobs which no package refers to any more. */
export const COLLECT_GARBAGE = "collect-garbage";

/**
 * Advisory lock on "which package refers to which blob": shared while a package's rows are inserted, exclusive while blobs are deleted.
 * A blob that is about to be deleted can thus not gain a reference, and one that just gained it is seen.
 */
export const BLOB_REFERENCES = 7_255_301;

const BATCH = 500;

/** Deletes what `blob_garbage` names and no package has, of any organization. Run again after a crash, it deletes the rest. */
export async function collectGarbage(database: Database, blobs: BlobStore): Promise<void> {
  for (let collected = BATCH; collected === BATCH; ) {
    collected = await inSystem(database.pool, async (client) => {
      await client.query("select pg_advisory_xact_lock($1)", [BLOB_REFERENCES]);
      const { rows } = await client.query<{ hash: string; used: boolean }>(
        `delete from blob_garbage where hash in (select hash from blob_garbage limit $1)
         returning hash, exists (select 1 from package_file where package_file.hash = blob_garbage.hash) as used`,
        [BATCH],
      );
      for (const { hash, used } of rows) if (!used) await blobs.delete(hash);
      return rows.length;
    });
  }
}
