import { create } from "@bufbuild/protobuf";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import {
  type CallbackKind,
  type CallbackRecord,
  CallbackRecordSchema,
  type ListCallbacksRequest,
  type ListCallbacksResponse,
  ListCallbacksResponseSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";

interface CallbackRow {
  readonly launch_exchange_id: string;
  readonly sequence: string;
  readonly external_session_id: string;
  readonly kind: CallbackKind;
  readonly happened_at: Date | null;
  readonly received_at: Date;
  readonly late: boolean;
  readonly refusal: string;
}

/** Callbacks, newest first. */
export async function listCallbacks(
  parts: DispatchParts,
  tenantId: string,
  request: ListCallbacksRequest,
): Promise<ListCallbacksResponse> {
  const { page, dispatchId, externalSessionId } = request;
  const since = request.since ? timestampDate(request.since) : null;
  const until = request.until ? timestampDate(request.until) : null;
  const list = JSON.stringify(["callbacks", tenantId, dispatchId, externalSessionId, since, until]);
  const start = readPageRequest(page, list);
  const where = `c.tenant_id = $1 and ($2::uuid is null or c.dispatch_id = $2) and ($3::uuid is null or c.external_session_id = $3)
    and ($4::timestamptz is null or c.received_at >= $4) and ($5::timestamptz is null or c.received_at < $5)`;
  const values = [tenantId, dispatchId || null, externalSessionId || null, since, until];
  return inTenant(parts.pool(), tenantId, async (client) => {
    const { rows: found } = await client.query<CallbackRow>(
      `select * from callback c where ${where}
         and ($6::timestamptz is null or (c.received_at, c.launch_exchange_id, c.sequence) < ($6, $7::uuid, $8::bigint))
       order by c.received_at desc, c.launch_exchange_id desc, c.sequence desc limit $9`,
      [...values, ...[0, 1, 2].map((key) => start.after?.[key] ?? null), start.limit + 1],
    );
    const { rows, nextPageToken } = cutPage(found, start, list, (row) => [
      row.received_at.toISOString(),
      row.launch_exchange_id,
      row.sequence,
    ]);
    const { rows: counts } = page?.withTotal
      ? await client.query<{ count: string }>(`select count(*) from callback c where ${where}`, values)
      : { rows: [] };
    const total = counts[0] ? { total: BigInt(counts[0].count) } : {};
    return create(ListCallbacksResponseSchema, { callbacks: rows.map(toRecord), page: { nextPageToken, ...total } });
  });
}

function toRecord(row: CallbackRow): CallbackRecord {
  return create(CallbackRecordSchema, {
    id: `${row.launch_exchange_id}/${row.sequence}`,
    externalSessionId: row.external_session_id,
    sequence: BigInt(row.sequence),
    kind: row.kind,
    ...(row.happened_at && { time: timestampFromDate(row.happened_at) }),
    receiveTime: timestampFromDate(row.received_at),
    late: row.late,
    refusal: row.refusal,
  });
}
