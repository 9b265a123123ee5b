import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";

/** Job that tells an AICC host what is new. */
export const TELL_AICC_HOST = "tell_aicc_host";
/** Job that ends a session of an AICC host, after what is new. */
export const END_AICC_SESSION = "end_aicc_session";

/** Whose host is told. */
export interface AiccTellingJob {
  readonly tenantId: string;
  readonly externalSessionId: string;
}

/** Which launch has ended. */
export interface AiccEndJob extends AiccTellingJob {
  readonly exchangeId: string;
}

/**
 * Has a session's newest result told to its AICC host, in the client's transaction; nothing for sessions of other hosts. Jobs of a session
 * that wait become one, since only the newest result is told.
 */
export async function tellAiccHost(
  { jobs }: Pick<DispatchParts, "jobs">,
  client: pg.ClientBase,
  job: AiccTellingJob,
): Promise<void> {
  const { rowCount } = await client.query("select from external_session where id = $1 and aicc_url is not null", [
    job.externalSessionId,
  ]);
  if (rowCount) await jobs().add(TELL_AICC_HOST, job, { key: `${TELL_AICC_HOST} ${job.externalSessionId}` }, client);
}

/** Has the host's session ended whose launch of the runtime is over; nothing for launches of other hosts. */
export async function endAiccSession(
  { jobs }: Pick<DispatchParts, "jobs">,
  client: pg.ClientBase,
  tenantId: string,
  launchId: string,
): Promise<void> {
  const { rows } = await client.query<{ id: string; external_session_id: string }>(
    `select x.id, x.external_session_id from launch_exchange x join external_session e on e.id = x.external_session_id
     where x.tenant_id = $1 and x.launch_id = $2 and e.aicc_url is not null`,
    [tenantId, launchId],
  );
  const [row] = rows;
  if (row === undefined) return;
  const job: AiccEndJob = { tenantId, externalSessionId: row.external_session_id, exchangeId: row.id };
  await jobs().add(END_AICC_SESSION, job, { key: `${END_AICC_SESSION} ${row.id}` }, client);
}
