import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { type BulkOperationService, BulkState } from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { listFingerprint } from "../search/list-fingerprint.ts";
import {
  type BulkOperationRow,
  type BulkResultRow,
  requireBulkOperation,
  toBulkOperation,
  toBulkResult,
} from "./bulk-operation-row.ts";
import { createBulkOperation } from "./create-bulk-operation.ts";

/** BulkOperationService. */
export function bulkOperationRpc(parts: DispatchParts): ServiceImpl<typeof BulkOperationService> {
  const { pool, now } = parts;
  return {
    async createBulkOperation(request, context) {
      organizationOf(context);
      return { bulkOperation: toBulkOperation(await createBulkOperation(parts, callerOf(context), request)) };
    },

    getBulkOperation({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => ({
        bulkOperation: toBulkOperation(await requireBulkOperation(client, tenantId, id)),
      }));
    },

    listBulkOperations(request, context) {
      const tenantId = organizationOf(context);
      const list = listFingerprint("bulk operations", tenantId, request);
      const start = readPageRequest(request.page, list);
      return inTenant(pool(), tenantId, async (client) => {
        const { rows: found } = await client.query<BulkOperationRow>(
          "select * from bulk_operation where tenant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3",
          [tenantId, start.after?.[0] ?? null, start.limit + 1],
        );
        const { rows, nextPageToken } = cutPage(found, start, list, ({ id }) => [id]);
        const count = "select count(*) as count from bulk_operation where tenant_id = $1";
        const total = async () =>
          BigInt((await client.query<{ count: string }>(count, [tenantId])).rows[0]?.count ?? 0);
        const withTotal = request.page?.withTotal ? { total: await total() } : {};
        return { bulkOperations: rows.map(toBulkOperation), page: { nextPageToken, ...withTotal } };
      });
    },

    listBulkResults(request, context) {
      const tenantId = organizationOf(context);
      const { page, bulkOperationId: id, failedOnly } = request;
      const list = listFingerprint("bulk results", tenantId, request);
      const start = readPageRequest(page, list);
      return inTenant(pool(), tenantId, async (client) => {
        const operation = await requireBulkOperation(client, tenantId, id);
        const { rows: found } = await client.query<BulkResultRow>(
          `select * from bulk_result where bulk_operation_id = $1 and done and (not $2 or error_reason <> '') and position > $3
           order by position limit $4`,
          [id, failedOnly, start.after?.[0] ?? 0, start.limit + 1],
        );
        const { rows, nextPageToken } = cutPage(found, start, list, ({ position }) => [position]);
        const total = failedOnly ? operation.failed_count : operation.done_count;
        return {
          results: rows.map(toBulkResult),
          page: { nextPageToken, ...(page?.withTotal && { total: BigInt(total) }) },
        };
      });
    },

    cancelBulkOperation({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => {
        await client.query(
          `update bulk_operation set state = ${BulkState.CANCELED}, ended_at = $3, sealed_action = ''
           where tenant_id = $1 and id = $2 and state in (${BulkState.WAITING}, ${BulkState.RUNNING})`,
          [tenantId, id, now()],
        );
        return { bulkOperation: toBulkOperation(await requireBulkOperation(client, tenantId, id)) };
      });
    },
  };
}
