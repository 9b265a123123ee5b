import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  type ReceiptEntry,
  ReceiptOutcome,
  ReceiptService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { z } from "zod";
import { textOfEnum } from "../../contract/enum-text.ts";
import { isoOf } from "../../contract/timestamp.ts";
import { needs } from "../../http/guarded-route.ts";
import type { DocumentedRoute } from "../documented-route.ts";
import { succeeded } from "../envelope.ts";
import { numberedPage, PAGE_PARAMETERS, pageSchema, readPageWish } from "../numbered-page.ts";
import { findDispatch } from "./find.ts";

/** One answer of a customer's LMS. */
const receiptData = z.object({
  sessionId: z.string(),
  deploymentId: z.string(),
  launchId: z.string(),
  sequence: z.int(),
  call: z.string(),
  element: z.string(),
  value: z.string(),
  returned: z.string(),
  errorCode: z.string(),
  errorText: z.string(),
  outcome: z.string(),
  latencyMs: z.int(),
  at: z.string().nullable(),
  summary: z.string(),
});

function toReceiptData({ receipt, ...entry }: ReceiptEntry): z.output<typeof receiptData> {
  return {
    sessionId: entry.externalSessionId,
    deploymentId: entry.deploymentId,
    launchId: entry.launchId,
    sequence: Number(receipt?.sequence ?? 0n),
    call: receipt?.call ?? "",
    element: receipt?.element ?? "",
    value: receipt?.value ?? "",
    returned: receipt?.returned ?? "",
    errorCode: receipt?.errorCode ?? "",
    errorText: receipt?.errorText ?? "",
    outcome: textOfEnum(ReceiptOutcome, receipt?.outcome ?? 0),
    latencyMs: receipt?.latencyMs ?? 0,
    at: isoOf(receipt?.time) ?? null,
    summary: entry.summary,
  };
}

/** What customers' LMSs answered. */
export function receiptRoutes(clients: Clients): readonly DocumentedRoute[] {
  const service = clients.of(ReceiptService);
  return [
    {
      ...{ method: "GET", path: "/dispatch/dispatches/:id/receipts", access: needs(Permission.DISPATCH_READ) },
      ...{
        operationId: "listReceipts",
        summary: "Lists what the customer's LMS answered, newest first",
        tag: "Receipts",
      },
      status: 200,
      parameters: { ...PAGE_PARAMETERS, sessionId: "Only of this session." },
      gives: z.object({ receipts: z.array(receiptData), ...pageSchema.shape }),
      codes: ["DISPATCH_NOT_FOUND"],
      async operation({ params, query }) {
        const { id } = await findDispatch(clients, params.id);
        const externalSessionId = query.text("sessionId") ?? "";
        const { rows, paging } = await numberedPage(readPageWish(query), async (page) => {
          const read = await service.listReceipts({ dispatchId: id, externalSessionId, page });
          return {
            rows: read.entries,
            nextPageToken: read.page?.nextPageToken ?? "",
            total: Number(read.page?.total ?? 0n),
          };
        });
        return { status: 200, body: succeeded({ receipts: rows.map(toReceiptData), ...paging }) };
      },
    },
  ];
}
