import { create } from "@bufbuild/protobuf";
import { scopeOf } from "@coursemesh/platform/auth/permissions.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid, permissionMissing, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import { type Caller, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  BulkState,
  type CreateBulkOperationRequest,
  CreateBulkOperationRequestSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import { readDispatchMask } from "../dispatch/update-dispatch.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { actionColumns, type BulkOperationRow, requireBulkOperation, withoutSecrets } from "./bulk-operation-row.ts";
import { type Plan, selectedDispatches, wantedDispatches } from "./bulk-selection.ts";
import { LEASE_SECONDS, queueBulkOperation } from "./run-bulk-operation.ts";

/**
 * Starts an operation, once per request.
 * @throws DESTINATION_NOT_FOUND, COURSE_NOT_FOUND, FIELD_INVALID, PERMISSION_MISSING, REQUEST_ID_REUSED
 */
export async function createBulkOperation(
  parts: DispatchParts,
  caller: Caller,
  request: CreateBulkOperationRequest,
): Promise<BulkOperationRow> {
  const { action, requestId } = request;
  if (action === undefined) throw fieldInvalid("action", "is required");
  const { organizationId: tenantId } = caller;
  if (action.action.case === "delete" && !caller.permissions.includes(Permission.DISPATCH_DELETE))
    throw permissionMissing(scopeOf(Permission.DISPATCH_DELETE));
  // The hash leaves no trace of secrets.
  const readable = create(CreateBulkOperationRequestSchema, { ...request, action: withoutSecrets(action) });
  const hash = requestHash(CreateBulkOperationRequestSchema, readable);
  const plan = await planOf(parts, tenantId, request);
  return inTenant(parts.pool(), tenantId, async (client) => {
    const { action: plain, sealed_action } = actionColumns(action, parts.sealKey);
    const id = uuidV7();
    const { rowCount: isNew } = await client.query(
      `insert into bulk_operation (id, tenant_id, action, sealed_action, state, leased_until, created_by, request_id, request_hash)
       values ($1, $2, $3, $4, ${BulkState.WAITING}, now() + make_interval(secs => ${LEASE_SECONDS}), $5, $6, $7) on conflict do nothing`,
      [id, tenantId, plain, sealed_action, caller.displayName || caller.id, requestId, hash],
    );
    if (!isNew) {
      const query = "select * from bulk_operation where tenant_id = $1 and request_id = $2";
      const [known] = (await client.query<BulkOperationRow>(query, [tenantId, requestId])).rows;
      if (known?.request_hash !== hash) throw requestIdReused(requestId);
      return known;
    }
    const count = await plan(client, tenantId, id);
    await client.query("update bulk_operation set total_count = $2 where id = $1", [id, count]);
    await queueBulkOperation(parts.jobs(), { tenantId, id }, client);
    return requireBulkOperation(client, tenantId, id);
  });
}

async function planOf(
  { clients }: DispatchParts,
  tenantId: string,
  { action, selection }: CreateBulkOperationRequest,
): Promise<Plan> {
  const wanted = action?.action;
  if (wanted?.case === "create") return wantedDispatches(clients, tenantId, wanted.value);
  if (wanted?.case === "update") readDispatchMask(wanted.value.updateMask);
  return selectedDispatches(selection);
}
