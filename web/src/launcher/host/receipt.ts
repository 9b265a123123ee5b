/** What a host made of a call. */
export type ReceiptOutcome = "ACCEPTED" | "REFUSED" | "THREW" | "SILENT" | "TOLERATED";

/** What a host answered to one call, as the server keeps it. */
export interface Receipt {
  readonly call: string;
  readonly element: string;
  /** Value told; empty when none was. */
  readonly value: string;
  readonly returned: string;
  readonly errorCode: string;
  readonly errorText: string;
  readonly latencyMs: number;
  /** ISO 8601, by this machine's clock. */
  readonly time: string;
  readonly outcome: ReceiptOutcome;
  /** Result this call belongs to; 0 for none. */
  readonly resultSequence: number;
}

/** A receipt as the contract's JSON. @param sequence number of the call within its launch, from 1. */
export function receiptJson(receipt: Receipt, sequence: number): Record<string, unknown> {
  return {
    ...receipt,
    sequence: String(sequence),
    resultSequence: String(receipt.resultSequence),
    outcome: `RECEIPT_OUTCOME_${receipt.outcome}`,
  };
}
