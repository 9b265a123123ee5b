import { create } from "@bufbuild/protobuf";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type Receipt,
  type ReceiptEntry,
  ReceiptEntrySchema,
  type ReceiptOutcome,
  ReceiptSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { summaryOf } from "./summary.ts";
import type { ToldCall } from "./told-call.ts";

/** A receipt as it is stored; counts of 64 bits are text. */
export interface ReceiptRow {
  readonly launch_exchange_id: string;
  readonly sequence: string;
  readonly tenant_id: string;
  readonly dispatch_id: string;
  readonly deployment_id: string | null;
  readonly external_session_id: string;
  readonly call: string;
  readonly element: string;
  readonly value: string;
  readonly returned: string;
  readonly error_code: string;
  readonly error_text: string;
  readonly latency_ms: number;
  readonly happened_at: Date;
  readonly received_at: Date;
  readonly outcome: ReceiptOutcome;
  readonly result_sequence: string;
}

/** Elements whose values are the learner's own: who they are, what they answered, what they wrote. They are never kept. */
const PERSONAL =
  /student_(?:id|name)$|learner_(?:id|name)$|learner_preference|student_preference|\.interactions\.|comments/;

/** A receipt as a row's values, in the order of {@link COLUMNS}, without what is personal and with what no text of the database can hold. */
export function receiptValues(receipt: Receipt, now: Date): readonly unknown[] {
  const { sequence, call, element, value, returned, errorCode, errorText, latencyMs, time, outcome, resultSequence } =
    receipt;
  const kept = (text: string): string => (PERSONAL.test(element) ? "" : storable(text));
  return [
    sequence,
    storable(call),
    storable(element),
    kept(value),
    kept(returned),
    storable(errorCode),
    storable(errorText),
    latencyMs,
    time ? timestampDate(time) : now,
    outcome,
    resultSequence,
  ];
}

/** Columns that a page tells, with their types. */
export const TOLD_COLUMNS = [
  ["sequence", "bigint"],
  ["call", "text"],
  ["element", "text"],
  ["value", "text"],
  ["returned", "text"],
  ["error_code", "text"],
  ["error_text", "text"],
  ["latency_ms", "int"],
  ["happened_at", "timestamptz"],
  ["outcome", "smallint"],
  ["result_sequence", "bigint"],
] as const;

export function toReceipt(row: ReceiptRow): Receipt {
  return create(ReceiptSchema, {
    sequence: BigInt(row.sequence),
    call: row.call,
    element: row.element,
    value: row.value,
    returned: row.returned,
    errorCode: row.error_code,
    errorText: row.error_text,
    latencyMs: row.latency_ms,
    time: timestampFromDate(row.happened_at),
    outcome: row.outcome,
    resultSequence: BigInt(row.result_sequence),
  });
}

export function toReceiptEntry(row: ReceiptRow): ReceiptEntry {
  const receipt = toReceipt(row);
  return create(ReceiptEntrySchema, {
    dispatchId: row.dispatch_id,
    deploymentId: row.deployment_id ?? "",
    externalSessionId: row.external_session_id,
    launchId: row.launch_exchange_id,
    receipt,
    summary: summaryOf(receipt),
  });
}

export function toToldCall(row: ReceiptRow): ToldCall & { readonly row: ReceiptRow } {
  const { call, element, value, outcome } = row;
  return {
    sequence: Number(row.sequence),
    call,
    element,
    value,
    outcome,
    resultSequence: Number(row.result_sequence),
    row,
  };
}

/** A host's texts may hold anything; PostgreSQL keeps no U+0000. */
function storable(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}
