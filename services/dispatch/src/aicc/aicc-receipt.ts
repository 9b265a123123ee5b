import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Receipt, ReceiptOutcome, ReceiptSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type { HostAnswer } from "./call-host.ts";
import type { HacpCommand } from "./hacp.ts";

const OUTCOMES = {
  accepted: ReceiptOutcome.ACCEPTED,
  refused: ReceiptOutcome.REFUSED,
  silent: ReceiptOutcome.SILENT,
} as const;

/** What a host made of a call, without a number. `value` is the status told; empty for calls that tell none. */
export function aiccReceipt(
  answer: HostAnswer,
  call: { readonly command: HacpCommand; readonly value: string; readonly resultSequence: number },
  at: Date,
): Receipt {
  const isSilent = answer.outcome === "silent";
  return create(ReceiptSchema, {
    call: call.command,
    element: call.value === "" ? "" : "core.lesson_status",
    value: call.value,
    returned: isSilent ? "" : `error=${answer.answer.error}`.slice(0, 1000),
    errorCode: isSilent ? "" : answer.answer.error.slice(0, 20),
    errorText: (isSilent ? answer.description : answer.answer.errorText).slice(0, 2000),
    latencyMs: answer.latencyMs,
    time: timestampFromDate(at),
    outcome: OUTCOMES[answer.outcome],
    resultSequence: BigInt(call.resultSequence),
  });
}
