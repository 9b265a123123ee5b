import { DispatchStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { expect, it } from "vitest";
import { dispatchStatus, type StatusFacts } from "./dispatch-status.ts";

const now = new Date(10_000);
const live: StatusFacts = {
  enabled: true,
  destination_enabled: true,
  expires_at: null,
  destination_expires_at: null,
  usage_limit: 0,
  destination_usage_limit: 0,
  used: 5n,
  destination_used: 5n,
  last_launch_at: new Date(1),
};

it.each<[Partial<StatusFacts>, DispatchStatus]>([
  [{}, DispatchStatus.ACTIVE],
  [{ last_launch_at: null }, DispatchStatus.AWAITING_CONTACT],
  [{ enabled: false }, DispatchStatus.DISABLED],
  [{ destination_enabled: false }, DispatchStatus.DISABLED],
  [{ expires_at: now }, DispatchStatus.EXPIRED],
  [{ expires_at: new Date(10_001) }, DispatchStatus.ACTIVE],
  [{ destination_expires_at: now }, DispatchStatus.EXPIRED],
  [{ usage_limit: 5 }, DispatchStatus.LIMIT_REACHED],
  [{ usage_limit: 6 }, DispatchStatus.ACTIVE],
  [{ destination_usage_limit: 5 }, DispatchStatus.LIMIT_REACHED],
  // What cannot be mended by a higher limit comes first.
  [{ usage_limit: 5, expires_at: now }, DispatchStatus.EXPIRED],
  [{ enabled: false, expires_at: now, last_launch_at: null }, DispatchStatus.DISABLED],
  [{ usage_limit: 5, last_launch_at: null }, DispatchStatus.LIMIT_REACHED],
])("says of %j that it is %i", (facts, status) => {
  expect(dispatchStatus({ ...live, ...facts }, now)).toBe(status);
});
