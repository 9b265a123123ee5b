import { inTenant } from "@coursemesh/platform/db/database.ts";
import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type { ResendResultRequest } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type pg from "pg";
import { tellAiccHost } from "../aicc/queue-telling.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import type { SessionRow } from "../external_session/session-row.ts";
import { wakeAsker } from "../results/askers.ts";

/** A page asks for news at least this often while it is open; each time its seat is marked. */
const OPEN_MS = 90_000;

/**
 * Tells a session's result again under a new number, so that pages and hosts that had the old one take it for news.
 * @returns whether somebody is there to be told now; otherwise it is told at the next launch. @throws EXTERNAL_SESSION_NOT_FOUND
 */
export async function resendResult(
  parts: DispatchParts,
  tenantId: string,
  { externalSessionId: id, requestId }: ResendResultRequest,
): Promise<boolean> {
  const sent = await inTenant(parts.pool(), tenantId, async (client) => {
    const row = await lockSession(client, tenantId, id);
    if (row.result === null || Number(row.result_sequence) === 0 || row.revoked_at !== null) return false;
    if (row.resend_request_id !== requestId) {
      await client.query(
        `update external_session set result_sequence = result_sequence + 1, result_version = result_version + 1, settled_at = null,
           acknowledgement = ${Acknowledgement.PENDING}, resend_request_id = $2 where id = $1`,
        [id, requestId],
      );
      await tellAiccHost(parts, client, { tenantId, externalSessionId: id });
    }
    return row.aicc_url !== null || isOpen(client, row, parts.now());
  });
  wakeAsker(id);
  return sent;
}

/** Marks a result as settled outside; a newer result is unsettled again. @throws EXTERNAL_SESSION_NOT_FOUND */
export async function settleResult(
  client: pg.ClientBase,
  tenantId: string,
  id: string,
  note: string,
  now: Date,
): Promise<SessionRow> {
  await lockSession(client, tenantId, id);
  const { rows } = await client.query<SessionRow>(
    "update external_session set settled_at = $2, settled_note = $3 where id = $1 returning *",
    [id, now, note],
  );
  const [row] = rows;
  if (row === undefined) throw errors.externalSessionNotFound({ id });
  return row;
}

async function lockSession(
  client: pg.ClientBase,
  tenantId: string,
  id: string,
): Promise<SessionRow & { readonly resend_request_id: string | null }> {
  const { rows } = await client.query<SessionRow & { resend_request_id: string | null }>(
    "select * from external_session where tenant_id = $1 and id = $2 for update",
    [tenantId, id],
  );
  const [row] = rows;
  if (row === undefined) throw errors.externalSessionNotFound({ id });
  return row;
}

async function isOpen(
  client: pg.ClientBase,
  { dispatch_id, learner_key, id }: SessionRow,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from seat s where s.dispatch_id = $1 and s.learner_key = $2 and s.last_used_at > $3
       and exists (select from launch_exchange x where x.external_session_id = $4 and x.redeemed_at is not null and x.replayed_at is null)`,
    [dispatch_id, learner_key, new Date(now.getTime() - OPEN_MS), id],
  );
  return rowCount === 1;
}
