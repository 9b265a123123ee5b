import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import {
  type ListUnacknowledgedResultsRequest,
  type ListUnacknowledgedResultsResponse,
  ListUnacknowledgedResultsResponseSchema,
  ReceiptOutcome,
  type UnacknowledgedResult,
  UnacknowledgedResultSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type pg from "pg";
import { UNACKNOWLEDGED } from "../dispatch/unacknowledged.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { type SessionRow, toExternalSession } from "../external_session/session-row.ts";
import { type ReceiptRow, toReceipt } from "./receipt-row.ts";

/** Results that are finished here while their hosts have not taken them, oldest first, each with the answer that tells most. */
export async function listUnacknowledged(
  parts: DispatchParts,
  tenantId: string,
  { page, dispatchId, destinationId }: ListUnacknowledgedResultsRequest,
): Promise<ListUnacknowledgedResultsResponse> {
  const list = JSON.stringify(["unacknowledged results", tenantId, dispatchId, destinationId]);
  const start = readPageRequest(page, list);
  const where = `e.tenant_id = $1 and ($2::uuid is null or e.dispatch_id = $2) and ($3::uuid is null or e.destination_id = $3) and ${UNACKNOWLEDGED}`;
  const values = [tenantId, dispatchId || null, destinationId || null];
  return inTenant(parts.pool(), tenantId, async (client) => {
    const { rows: found } = await client.query<SessionRow>(
      `select e.* from external_session e where ${where} and ($4::timestamptz is null or (e.finished_at, e.id) > ($4, $5::uuid))
       order by e.finished_at, e.id limit $6`,
      [...values, start.after?.[0] ?? null, start.after?.[1] ?? null, start.limit + 1],
    );
    const { rows, nextPageToken } = cutPage(found, start, list, (row) => [
      row.finished_at?.toISOString() ?? "",
      row.id,
    ]);
    const receipts = await tellingReceipts(
      client,
      rows.map(({ id }) => id),
    );
    const { rows: counts } = page?.withTotal
      ? await client.query<{ count: string }>(`select count(*) from external_session e where ${where}`, values)
      : { rows: [] };
    const total = counts[0] ? { total: BigInt(counts[0].count) } : {};
    return create(ListUnacknowledgedResultsResponseSchema, {
      results: rows.map((row) => toUnacknowledged(row, receipts.get(row.id))),
      page: { nextPageToken, ...total },
    });
  });
}

/** Of each session the last answer that was no success, or else the last one about a result. */
async function tellingReceipts(
  client: pg.ClientBase,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, ReceiptRow>> {
  const { rows } = await client.query<ReceiptRow>(
    `select r.* from unnest($1::uuid[]) as e (id), lateral (
       select * from receipt where external_session_id = e.id and result_sequence > 0
       order by outcome in (${ReceiptOutcome.ACCEPTED}, ${ReceiptOutcome.TOLERATED}), received_at desc, sequence desc limit 1) r`,
    [sessionIds],
  );
  return new Map(rows.map((row) => [row.external_session_id, row]));
}

function toUnacknowledged(row: SessionRow, receipt: ReceiptRow | undefined): UnacknowledgedResult {
  return create(UnacknowledgedResultSchema, {
    externalSession: toExternalSession(row),
    ...(receipt && { lastReceipt: toReceipt(receipt) }),
    attemptCount: row.attempt_count,
    ...(row.finished_at && { since: timestampFromDate(row.finished_at) }),
  });
}
