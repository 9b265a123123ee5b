import { create, toBinary } from "@bufbuild/protobuf";
import { ResultAcknowledgedSchema, ResultRefusedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { Acknowledgement, HostResultSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type { Receipt } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import { resultOf, type SessionRow } from "../external_session/session-row.ts";
import { hostResult } from "./host-result.ts";

/**
 * Notes that the host has taken the result of a sequence; an older one than it has taken changes nothing. Announced when the host has all we
 * have to tell.
 */
export async function acknowledgeResult(
  client: pg.ClientBase,
  externalSessionId: string,
  sequence: number,
): Promise<void> {
  const session = await lockSession(client, externalSessionId);
  if (session === undefined || sequence <= Number(session.acknowledged_sequence)) return;
  const newest = Number(session.result_sequence);
  if (sequence < newest) {
    await client.query("update external_session set acknowledged_sequence = $2 where id = $1", [session.id, sequence]);
    return;
  }
  const result = resultOf(session);
  const taken = result && hostResult(result, session.result_at ?? session.last_activity_at);
  await client.query(
    `update external_session set acknowledged_sequence = $2, acknowledgement = ${Acknowledgement.ACCEPTED}, attempt_count = 0,
       host_result = $3 where id = $1`,
    [session.id, newest, taken ? Buffer.from(toBinary(HostResultSchema, taken)) : null],
  );
  const ids = { externalSessionId: session.id, dispatchId: session.dispatch_id };
  const event = create(ResultAcknowledgedSchema, { ...ids, ...(taken && { hostResult: taken }) });
  await announce(client, session.tenant_id, ResultAcknowledgedSchema, event);
}

/**
 * Notes that the host was told the result of a sequence and did not take it, and announces it. Call it once for each telling.
 * @param receipt the call that it refused.
 */
export async function refuseResult(
  client: pg.ClientBase,
  externalSessionId: string,
  sequence: number,
  receipt: Receipt,
): Promise<void> {
  const session = await lockSession(client, externalSessionId);
  if (session === undefined || sequence <= Number(session.acknowledged_sequence)) return;
  // What was refused in between no longer matters: the newest result stands for it.
  if (sequence < Number(session.result_sequence)) return;
  await client.query(
    `update external_session set acknowledgement = ${Acknowledgement.REFUSED}, attempt_count = attempt_count + 1 where id = $1`,
    [session.id],
  );
  const ids = { externalSessionId: session.id, dispatchId: session.dispatch_id };
  await announce(client, session.tenant_id, ResultRefusedSchema, create(ResultRefusedSchema, { ...ids, receipt }));
}

async function lockSession(client: pg.ClientBase, id: string): Promise<SessionRow | undefined> {
  const { rows } = await client.query<SessionRow>("select * from external_session where id = $1 for update", [id]);
  return rows[0];
}
