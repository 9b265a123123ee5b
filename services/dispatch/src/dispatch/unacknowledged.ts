import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";

/** Condition over external sessions `e` that are finished here while their host has not taken it; served by a partial index. */
export const UNACKNOWLEDGED = `e.finished_at is not null and e.acknowledgement in (${Acknowledgement.PENDING}, ${Acknowledgement.REFUSED})
  and e.settled_at is null and e.merged_into is null and not e.test`;
