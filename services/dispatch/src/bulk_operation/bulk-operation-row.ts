import { clone, create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { seal, unseal } from "@coursemesh/platform/secrets/seal.ts";
import {
  type BulkAction,
  BulkActionSchema,
  type BulkOperation,
  BulkOperationSchema,
  type BulkResult,
  BulkResultSchema,
  type BulkState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";

/** An operation on many dispatches, as it is stored. */
export interface BulkOperationRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly action: Buffer;
  readonly sealed_action: string;
  readonly state: BulkState;
  readonly total_count: number;
  readonly done_count: number;
  readonly failed_count: number;
  readonly created_by: string;
  readonly request_hash: string;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}

/** What is to be done, or was done, to one dispatch. */
export interface BulkResultRow {
  readonly position: number;
  readonly dispatch_id: string;
  readonly course_id: string;
  readonly destination_id: string;
  /** Times that something nobody foresaw went wrong. */
  readonly tries: number;
  readonly error_reason: string;
  readonly error: string;
}

/** @throws BULK_OPERATION_NOT_FOUND */
export async function requireBulkOperation(
  client: pg.ClientBase,
  tenantId: string,
  id: string,
): Promise<BulkOperationRow> {
  const query = "select * from bulk_operation where tenant_id = $1 and id = $2";
  const { rows } = await client.query<BulkOperationRow>(query, [tenantId, id]);
  if (rows[0] === undefined) throw errors.bulkOperationNotFound({ id });
  return rows[0];
}

/** An action as columns: what may be read, and sealed with its secrets when it has some. */
export function actionColumns(action: BulkAction, key: Buffer): Pick<BulkOperationRow, "action" | "sealed_action"> {
  const plain = withoutSecrets(action);
  const whole = toBinary(BulkActionSchema, action);
  const readable = Buffer.from(toBinary(BulkActionSchema, plain));
  return { action: readable, sealed_action: readable.equals(whole) ? "" : seal(key, Buffer.from(whole)) };
}

/** The action with its secrets. @throws when it was sealed with another key */
export function actionOf({ action, sealed_action }: BulkOperationRow, key: Buffer): BulkAction {
  const bytes = sealed_action === "" ? action : unseal(key, sealed_action);
  if (bytes === undefined) throw new Error("the action was sealed with another key");
  return fromBinary(BulkActionSchema, bytes);
}

export function withoutSecrets(action: BulkAction): BulkAction {
  const plain = clone(BulkActionSchema, action);
  const { callback } = dispatchOf(plain) ?? {};
  if (callback) Object.assign(callback, { secret: "", password: "" });
  return plain;
}

export function toBulkOperation(row: BulkOperationRow): BulkOperation {
  return create(BulkOperationSchema, {
    id: row.id,
    action: fromBinary(BulkActionSchema, row.action),
    state: row.state,
    totalCount: row.total_count,
    doneCount: row.done_count,
    failedCount: row.failed_count,
    createTime: timestampFromDate(row.created_at),
    ...(row.ended_at && { endTime: timestampFromDate(row.ended_at) }),
    createdBy: row.created_by,
  });
}

export function toBulkResult(row: BulkResultRow): BulkResult {
  return create(BulkResultSchema, {
    dispatchId: row.dispatch_id,
    courseId: row.course_id,
    destinationId: row.destination_id,
    errorReason: row.error_reason,
    error: row.error,
  });
}

function dispatchOf({ action }: BulkAction): Dispatch | undefined {
  if (action.case === "create") return action.value.template;
  return action.case === "update" ? action.value.dispatch : undefined;
}
