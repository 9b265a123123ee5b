import type { MessageInitShape } from "@bufbuild/protobuf";
import { permissionMissing } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  type BulkActionSchema,
  type BulkOperation,
  BulkOperationService,
  BulkState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import { z } from "zod";
import { textOfEnum } from "../../contract/enum-text.ts";
import { isoOf } from "../../contract/timestamp.ts";
import { needs } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { DocumentedRoute } from "../documented-route.ts";
import { succeeded } from "../envelope.ts";
import { dispatchFields, toDispatchInput } from "./dispatch-body.ts";
import { packageFormat } from "./texts.ts";

const tag = "Bulk operations";
const ids = z.array(z.uuid()).min(1).max(500);

const selection = z
  .object({
    dispatchIds: z.array(z.uuid()).max(5_000),
    destinationId: z.uuid(),
    courseId: z.uuid(),
    tags: z.array(z.string().min(1).max(100)).max(20),
    all: z.boolean(),
  })
  .partial()
  .describe("Which dispatches; all that are given must hold.");

const bulkBody = z.discriminatedUnion("action", [
  z.object({ action: z.literal("create"), courseIds: ids, destinationIds: ids, template: dispatchFields.optional() }),
  z.object({ action: z.literal("update"), selection, fields: dispatchFields }),
  z.object({ action: z.literal("enable"), selection }),
  z.object({ action: z.literal("disable"), selection }),
  z.object({ action: z.literal("reset"), selection }),
  z.object({ action: z.literal("generate"), selection, format: packageFormat.schema }),
  z.object({ action: z.literal("delete"), selection }),
]);
type BulkBody = z.output<typeof bulkBody>;

const operationData = z.object({
  id: z.string(),
  state: z.string(),
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  createdAt: z.string().nullable(),
  endedAt: z.string().nullable(),
});
const resultData = z.object({
  dispatchId: z.string(),
  courseId: z.string(),
  destinationId: z.string(),
  code: z.string().describe("Empty when it went well."),
  message: z.string(),
});

function toOperationData(operation: BulkOperation | undefined): z.output<typeof operationData> | null {
  return operation === undefined
    ? null
    : {
        id: operation.id,
        state: textOfEnum(BulkState, operation.state),
        total: operation.totalCount,
        done: operation.doneCount,
        failed: operation.failedCount,
        createdAt: isoOf(operation.createTime) ?? null,
        endedAt: isoOf(operation.endTime) ?? null,
      };
}

function toAction(given: BulkBody): MessageInitShape<typeof BulkActionSchema> {
  const update = (fields: z.output<typeof dispatchFields>) => {
    const input = toDispatchInput(fields);
    const value = { dispatch: input.fields, updateMask: { paths: [...input.paths] } };
    return { action: { case: "update" as const, value } };
  };
  switch (given.action) {
    case "create": {
      const { courseIds, destinationIds, template } = given;
      const value = { courseIds, destinationIds, template: toDispatchInput(template ?? {}).fields };
      return { action: { case: "create", value } };
    }
    case "update":
      return update(given.fields);
    case "enable":
      return update({ enabled: true });
    case "disable":
      return update({ enabled: false });
    case "reset":
      return { action: { case: "resetUsage", value: {} } };
    case "generate":
      return { action: { case: "generate", value: { format: packageFormat.valueOf(given.format) ?? 0 } } };
    case "delete":
      return { action: { case: "delete", value: {} } };
  }
}

/** The same for many dispatches, each of which succeeds or fails by itself. */
export function bulkRoutes(clients: Clients): readonly DocumentedRoute[] {
  const service = clients.of(BulkOperationService);
  return [
    {
      ...{ method: "POST", path: "/dispatch/bulk", access: needs(Permission.DISPATCH_WRITE) },
      ...{ operationId: "createBulkOperation", summary: "Makes, changes or removes many dispatches", tag, status: 202 },
      takes: bulkBody,
      gives: operationData,
      async operation({ body, caller }) {
        const given = readBody(bulkBody, body);
        if (given.action === "delete" && !caller.permissions.includes(Permission.DISPATCH_DELETE))
          throw permissionMissing("dispatch:delete");
        const { bulkOperation } = await service.createBulkOperation({
          requestId: uuidV7(),
          action: toAction(given),
          ...("selection" in given && {
            selection: {
              dispatchIds: given.selection.dispatchIds ?? [],
              destinationId: given.selection.destinationId ?? "",
              courseId: given.selection.courseId ?? "",
              tags: given.selection.tags ?? [],
              all: given.selection.all ?? false,
            },
          }),
        });
        return { status: 202, body: succeeded(toOperationData(bulkOperation)) };
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/bulk/:id", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "getBulkOperation", summary: "How far it is, and what failed", tag, status: 200 },
      gives: operationData.extend({ failures: z.array(resultData) }),
      codes: ["BULK_OPERATION_NOT_FOUND"],
      async operation({ params }) {
        const id = params.id ?? "";
        const { bulkOperation } = await service.getBulkOperation({ id });
        const { results } = await service.listBulkResults({
          bulkOperationId: id,
          failedOnly: true,
          page: { pageSize: 200 },
        });
        const failures = results.map(({ dispatchId, courseId, destinationId, errorReason, error }) => ({
          ...{ dispatchId, courseId, destinationId },
          ...{ code: errorReason, message: error },
        }));
        return { status: 200, body: succeeded({ ...toOperationData(bulkOperation), failures }) };
      },
    },
  ];
}
