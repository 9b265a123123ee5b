import { create, toBinary } from "@bufbuild/protobuf";
import { ResultAcknowledgedSchema, ResultRefusedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import {
  Acknowledgement,
  type HostResult,
  HostResultSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type { Receipt } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import type { SessionRow } from "../external_session/session-row.ts";

/**
 * The host has a result: all there is, or an older one. Results that it had before change nothing. Hold the session's row.
 * @param taken what the host has now.
 */
export async function acknowledgeResult(
  client: pg.ClientBase,
  session: SessionRow,
  { sequence, taken }: { readonly sequence: number; readonly taken: HostResult },
): Promise<void> {
  if (sequence <= Number(session.acknowledged_sequence)) return;
  const isAll = sequence >= Number(session.result_sequence);
  await client.query(
    `update external_session set acknowledged_sequence = $2, host_result = $3,
       acknowledgement = case when $4 then ${Acknowledgement.ACCEPTED} else acknowledgement end,
       attempt_count = case when $4 then 0 else attempt_count end where id = $1`,
    [session.id, sequence, Buffer.from(toBinary(HostResultSchema, taken)), isAll],
  );
  if (!isAll || session.test) return;
  const event = { externalSessionId: session.id, dispatchId: session.dispatch_id, hostResult: taken };
  await announce(client, session.tenant_id, ResultAcknowledgedSchema, create(ResultAcknowledgedSchema, event));
}

/**
 * The host was told a result and refused it; each launch in which it did counts as an attempt. An older result than the newest no longer matters.
 * Hold the session's row.
 */
export async function refuseResult(
  client: pg.ClientBase,
  session: SessionRow,
  { sequence, receipt }: { readonly sequence: number; readonly receipt: Receipt },
): Promise<void> {
  if (sequence <= Number(session.acknowledged_sequence) || sequence < Number(session.result_sequence)) return;
  await client.query(
    `update external_session set acknowledgement = ${Acknowledgement.REFUSED}, attempt_count = attempt_count + 1 where id = $1`,
    [session.id],
  );
  if (session.test) return;
  const event = { externalSessionId: session.id, dispatchId: session.dispatch_id, receipt };
  await announce(client, session.tenant_id, ResultRefusedSchema, create(ResultRefusedSchema, event));
}
