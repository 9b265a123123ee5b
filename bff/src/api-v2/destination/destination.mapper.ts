import type { Destination } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { isoOf } from "../../contract/timestamp.ts";

/** `DestinationSchema` of the vendor's API. */
export function toDestinationSchema(destination: Destination): object {
  return {
    name: destination.name,
    tags: destination.tags,
    email: destination.email,
    notes: destination.notes,
    created: isoOf(destination.createTime),
    updated: isoOf(destination.updateTime),
  };
}
