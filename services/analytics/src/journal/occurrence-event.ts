import { fromBinary } from "@bufbuild/protobuf";
import { DispatchRefusedSchema, PackageDownloadedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { StatementsStoredSchema } from "@coursemesh/proto/coursemesh/lrs/v1/events_pb.ts";
import { DeliveryFailedSchema } from "@coursemesh/proto/coursemesh/webhook/v1/events_pb.ts";

/** Something that is only counted. */
export interface Occurrence {
  readonly kind: "refusal" | "download" | "statement" | "delivery";
  /** Dispatch, where it is one's. */
  readonly subject_id: string | null;
  readonly amount: number;
}

const readers: Readonly<Record<string, (payload: Uint8Array) => Occurrence>> = {
  [DispatchRefusedSchema.typeName]: (payload) => {
    const { refusal } = fromBinary(DispatchRefusedSchema, payload);
    return { kind: "refusal", subject_id: refusal?.dispatchId || null, amount: 1 };
  },
  [PackageDownloadedSchema.typeName]: (payload) => {
    const { dispatchId } = fromBinary(PackageDownloadedSchema, payload);
    return { kind: "download", subject_id: dispatchId || null, amount: 1 };
  },
  [StatementsStoredSchema.typeName]: (payload) => {
    const { statements } = fromBinary(StatementsStoredSchema, payload);
    return { kind: "statement", subject_id: null, amount: statements.length };
  },
  [DeliveryFailedSchema.typeName]: () => ({ kind: "delivery", subject_id: null, amount: 1 }),
};

export const OCCURRENCE_EVENTS: readonly string[] = Object.keys(readers);

/** Reads an event; undefined for one that is not counted. */
export function readOccurrence(type: string, payload: Uint8Array): Occurrence | undefined {
  return readers[type]?.(payload);
}
