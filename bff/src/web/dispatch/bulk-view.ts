import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import {
  type BulkActionSchema,
  type BulkOperation,
  BulkOperationService,
  BulkState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type {
  BulkOperationRowSchema,
  DispatchBulkViewService,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import type { ViewDeps } from "../view-deps.ts";
import { valueOfText } from "../webhook/value-of-text.ts";

/** Failures that are named; all are counted. */
const FAILURES = 100;

/** Operations on many dispatches at once. */
export function bulkView({ clients }: ViewDeps): ServiceImpl<typeof DispatchBulkViewService> {
  const bulk = clients.of(BulkOperationService);
  const rowOf = (operation: BulkOperation | undefined) => (operation ? { operation: toOperationRow(operation) } : {});
  return {
    async startBulkOperation({ requestId, dispatchIds, all, action, format }) {
      const { bulkOperation } = await bulk.createBulkOperation({
        requestId: requestId || uuidV7(),
        selection: all ? { all } : { dispatchIds },
        action: toAction(action, format),
      });
      return rowOf(bulkOperation);
    },

    async getBulkOperation({ id }) {
      const [found, { results }] = await Promise.all([
        bulk.getBulkOperation({ id }),
        bulk.listBulkResults({ bulkOperationId: id, failedOnly: true, page: { pageSize: FAILURES } }),
      ]);
      return {
        ...rowOf(found.bulkOperation),
        failures: results.map(({ dispatchId, errorReason, error }) => ({ dispatchId, reason: errorReason, error })),
      };
    },

    async cancelBulkOperation({ id }) {
      await bulk.cancelBulkOperation({ id });
      return {};
    },
  };
}

function toAction(action: string, format: string): MessageInitShape<typeof BulkActionSchema> {
  switch (action) {
    case "enable":
    case "disable":
      return {
        action: {
          case: "update",
          value: { dispatch: { enabled: action === "enable" }, updateMask: { paths: ["enabled"] } },
        },
      };
    case "delete":
      return { action: { case: "delete", value: {} } };
    case "reset":
      return { action: { case: "resetUsage", value: {} } };
    case "generate":
      return { action: { case: "generate", value: { format: valueOfText(PackageFormat, format, "format") } } };
    default:
      throw fieldInvalid("action", `“${action}” is none of the choices`);
  }
}

function toOperationRow(operation: BulkOperation): MessageInitShape<typeof BulkOperationRowSchema> {
  const { id, totalCount, doneCount, failedCount } = operation;
  return {
    ...{ id, totalCount, doneCount, failedCount },
    action: wordOf(operation),
    state: textOfEnum(BulkState, operation.state),
  };
}

function wordOf({ action }: BulkOperation): string {
  const it = action?.action;
  if (it?.case === "update") return it.value.dispatch?.enabled ? "enable" : "disable";
  return it?.case === "resetUsage" ? "reset" : (it?.case ?? "");
}
