import { LicenceStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { expect, it } from "vitest";
import { type LicenceFacts, licenceStatus } from "./licence-status.ts";

const now = new Date(10_000);
const before = new Date(9_999);
const after = new Date(10_001);
const free: LicenceFacts = { enabled: true, starts_at: null, expires_at: null, usage_limit: 0, used: 5n };

it.each<[Partial<LicenceFacts>, LicenceStatus]>([
  [{}, LicenceStatus.ACTIVE],
  [{ usage_limit: 6 }, LicenceStatus.ACTIVE],
  [{ usage_limit: 5 }, LicenceStatus.LIMIT_REACHED],
  [{ usage_limit: 4 }, LicenceStatus.LIMIT_REACHED],
  [{ starts_at: before }, LicenceStatus.ACTIVE],
  [{ starts_at: now }, LicenceStatus.ACTIVE],
  [{ starts_at: after }, LicenceStatus.SCHEDULED],
  [{ expires_at: after }, LicenceStatus.ACTIVE],
  [{ expires_at: now }, LicenceStatus.EXPIRED],
  [{ expires_at: before, usage_limit: 1 }, LicenceStatus.EXPIRED],
  [{ enabled: false, expires_at: before, usage_limit: 1 }, LicenceStatus.DISABLED],
])("says of %j that it is %i", (facts, status) => {
  expect(licenceStatus({ ...free, ...facts }, now)).toBe(status);
});
