import { inSystem } from "@coursemesh/platform/db/database.ts";
import type { DispatchParts } from "../dispatch-parts.ts";

const BATCH = 500;

/** Deletes the files of packages that went with their dispatches. Run again after a crash it deletes the rest. */
export async function sweepPackages({ pool, blobs }: Pick<DispatchParts, "pool" | "blobs">): Promise<void> {
  for (let swept = BATCH; swept === BATCH; ) {
    swept = await inSystem(pool(), async (client) => {
      const { rows } = await client.query<{ blob_hash: string }>(
        `delete from package_garbage where blob_hash in (select blob_hash from package_garbage limit $1 for update skip locked) returning blob_hash`,
        [BATCH],
      );
      // Before the rows are gone for good: what cannot be deleted now is found again.
      for (const { blob_hash } of rows) await blobs.delete(blob_hash);
      return rows.length;
    });
  }
}
