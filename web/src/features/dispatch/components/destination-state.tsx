import type { DestinationRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { DispatchStatus } from "./status-word.tsx";

/** Where a customer stands as a whole; one that never launched is waited for. */
export function DestinationState({ destination }: { readonly destination: DestinationRow }) {
  const { usage, lastContactTime } = destination;
  const status = usage?.status ?? "";
  return <DispatchStatus status={status === "active" && lastContactTime === 0n ? "awaiting_contact" : status} />;
}
