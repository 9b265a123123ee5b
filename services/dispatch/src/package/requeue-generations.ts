import { inSystem } from "@coursemesh/platform/db/database.ts";
import { jobsSchemaOf } from "@coursemesh/platform/jobs/jobs.ts";
import { PackageState } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import type { PackageRow } from "./package-row.ts";
import { GENERATE_PACKAGE, queueGeneration } from "./queue-generation.ts";

/**
 * Queues packages and archives that somebody worked on who is gone; the queue itself waits hours for a dead process. A package takes
 * milliseconds and an archive seconds, so one that is older and not waiting for its turn or its next attempt is left. To make one twice
 * makes the same bytes.
 */
export async function requeueGenerations({ pool, jobs }: Pick<DispatchParts, "pool" | "jobs">): Promise<void> {
  await inSystem(pool(), async (client) => {
    const { rows } = await client.query<PackageRow>(
      `select p.* from package p where p.state in (${PackageState.WAITING}, ${PackageState.GENERATING})
         and p.created_at < now() - case when p.dispatch_id is null then interval '5 minutes' else interval '15 seconds' end
         and not exists (select from ${jobsSchemaOf("dispatch")}.jobs j
           where j.key = '${GENERATE_PACKAGE} ' || p.id::text and j.locked_at is null)
       order by p.created_at limit 500`,
    );
    for (const row of rows) await queueGeneration(jobs(), client, row);
  });
}
