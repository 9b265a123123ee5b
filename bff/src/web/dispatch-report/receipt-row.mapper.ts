import type { MessageInitShape } from "@bufbuild/protobuf";
import { type Receipt, ReceiptOutcome } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type { ReceiptRowSchema } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";

/** @param launchId of the launch it was made in; empty when that does not matter */
export function toReceiptRow(receipt: Receipt, launchId: string): MessageInitShape<typeof ReceiptRowSchema> {
  const { $typeName: _, $unknown: __, time, outcome, ...same } = receipt;
  return { ...same, launchId, time: millisOf(time), outcome: textOfEnum(ReceiptOutcome, outcome) };
}
