import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";

/** Name of the job. */
export const AICC_TASK = "tell_aicc_host";

/** What the job is about. */
export interface AiccJob {
  readonly tenantId: string;
  readonly externalSessionId: string;
}

/**
 * Has a session's newest result told to its AICC host, in the client's transaction; nothing for sessions of other hosts. Jobs of a
 * session that wait become one, since only the newest result is told.
 */
export async function tellAiccHost(
  parts: Pick<DispatchParts, "jobs">,
  client: pg.ClientBase,
  job: AiccJob,
): Promise<void> {
  const { rowCount } = await client.query(
    "select from external_session where id = $1 and aicc_url is not null and not test",
    [job.externalSessionId],
  );
  if (rowCount) await parts.jobs().add(AICC_TASK, job, { key: `aicc ${job.externalSessionId}` }, client);
}
