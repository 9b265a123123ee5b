import { clone, create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV5 } from "@coursemesh/platform/ids/uuid-v5.ts";
import type { BulkAction } from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import { DispatchSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { CreatePackageRequestSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type pg from "pg";
import { createDispatch } from "../dispatch/create-dispatch.ts";
import { deleteDispatches } from "../dispatch/delete-dispatches.ts";
import { readDispatchMask, updateDispatch } from "../dispatch/update-dispatch.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { resetUsage } from "../licence/reset-usage.ts";
import { createPackage } from "../package/create-package.ts";
import type { BulkResultRow } from "./bulk-operation-row.ts";

/** One dispatch of an operation. */
export interface BulkStep {
  readonly tenantId: string;
  readonly operationId: string;
  readonly action: BulkAction;
  readonly result: BulkResultRow;
}

/**
 * Does what has transactions of its own, before the result is written; repeating it makes nothing twice. Answers the id of the dispatch.
 * @throws what the single operation throws
 */
export async function applyBefore(parts: DispatchParts, step: BulkStep): Promise<string> {
  const { tenantId, operationId, action, result } = step;
  const requestId = uuidV5(operationId, String(result.position));
  if (action.action.case === "create") {
    const { course_id: courseId, destination_id: destinationId } = result;
    const known = await existing(parts, tenantId, courseId, destinationId);
    if (known !== undefined) return known;
    const template = action.action.value.template ?? create(DispatchSchema);
    // An external id belongs to one dispatch only.
    const wanted = { ...clone(DispatchSchema, template), id: "", externalId: "", courseId, destinationId };
    return (await createDispatch(parts, tenantId, requestId, wanted)).row.id;
  }
  if (action.action.case === "generate") {
    const of = { case: "dispatchId" as const, value: result.dispatch_id };
    const { format } = action.action.value;
    await createPackage(parts, tenantId, create(CreatePackageRequestSchema, { requestId, of, format }));
  }
  return result.dispatch_id;
}

/** Does the rest in the transaction that writes the result. @throws what the single operation throws */
export async function applyWithin(parts: DispatchParts, client: pg.ClientBase, step: BulkStep): Promise<void> {
  const { tenantId, operationId, action, result } = step;
  switch (action.action.case) {
    case "update": {
      const { dispatch, updateMask } = action.action.value;
      if (dispatch === undefined) throw fieldInvalid("action.update.dispatch", "is required");
      const wanted = { ...clone(DispatchSchema, dispatch), id: result.dispatch_id, etag: "" };
      await updateDispatch(parts, client, tenantId, wanted, readDispatchMask(updateMask));
      return;
    }
    case "delete":
      await deleteDispatches(parts, client, tenantId, [result.dispatch_id]);
      return;
    case "resetUsage": {
      const requestId = uuidV5(operationId, String(result.position));
      const of = { case: "dispatchId" as const, value: result.dispatch_id };
      await resetUsage(client, tenantId, requestId, of, parts.now());
    }
  }
}

/** The oldest dispatch of a course for a destination. */
function existing(
  { pool }: DispatchParts,
  tenantId: string,
  courseId: string,
  destinationId: string,
): Promise<string | undefined> {
  return inTenant(pool(), tenantId, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "select id from dispatch where tenant_id = $1 and course_id = $2 and destination_id = $3 order by created_at, id limit 1",
      [tenantId, courseId, destinationId],
    );
    return rows[0]?.id;
  });
}
