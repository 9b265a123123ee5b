import { create } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import {
  type ListReceiptsRequest,
  type ListReceiptsResponse,
  ListReceiptsResponseSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { type ReceiptRow, toReceiptEntry } from "./receipt-row.ts";

/** Receipts, newest first. */
export async function listReceipts(
  parts: DispatchParts,
  tenantId: string,
  request: ListReceiptsRequest,
): Promise<ListReceiptsResponse> {
  const { page, dispatchId, deploymentId, externalSessionId, outcomes } = request;
  const since = request.since ? timestampDate(request.since) : null;
  const until = request.until ? timestampDate(request.until) : null;
  const filter = [dispatchId, deploymentId, externalSessionId, outcomes, since, until];
  const list = JSON.stringify(["receipts", tenantId, filter]);
  const start = readPageRequest(page, list);
  const where = `r.tenant_id = $1 and ($2::uuid is null or r.dispatch_id = $2) and ($3::uuid is null or r.deployment_id = $3)
    and ($4::uuid is null or r.external_session_id = $4) and (cardinality($5::int[]) = 0 or r.outcome = any($5))
    and ($6::timestamptz is null or r.received_at >= $6) and ($7::timestamptz is null or r.received_at < $7)`;
  const values = [
    tenantId,
    dispatchId || null,
    deploymentId || null,
    externalSessionId || null,
    outcomes,
    since,
    until,
  ];
  return inTenant(parts.pool(), tenantId, async (client) => {
    const { rows: found } = await client.query<ReceiptRow>(
      `select * from receipt r where ${where}
         and ($8::timestamptz is null or (r.received_at, r.launch_exchange_id, r.sequence) < ($8, $9::uuid, $10::bigint))
       order by r.received_at desc, r.launch_exchange_id desc, r.sequence desc limit $11`,
      [...values, ...[0, 1, 2].map((key) => start.after?.[key] ?? null), start.limit + 1],
    );
    const { rows, nextPageToken } = cutPage(found, start, list, (row) => [
      row.received_at.toISOString(),
      row.launch_exchange_id,
      row.sequence,
    ]);
    const { rows: counts } = page?.withTotal
      ? await client.query<{ count: string }>(`select count(*) from receipt r where ${where}`, values)
      : { rows: [] };
    const total = counts[0] ? { total: BigInt(counts[0].count) } : {};
    return create(ListReceiptsResponseSchema, { entries: rows.map(toReceiptEntry), page: { nextPageToken, ...total } });
  });
}
