import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  type OpenExchangeRequest,
  OpenExchangeRequestSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { hostOfAddress } from "../licence/allowed-domain.ts";
import { verifyPackageSignature } from "../signing_key/package-signature.ts";
import { type DispatchFacts, findDispatch } from "./dispatch-facts.ts";
import { originOf } from "./host-facts.ts";
import { exchangeKinds, type LaunchPackage } from "./launch-request.ts";
import { type LaunchOutcome, openLaunch } from "./open-launch.ts";

/** Opens a launch from the page of a package. @throws EXCHANGE_INVALID for an unknown dispatch or a repeat that comes too late */
export async function openExchange(parts: DispatchParts, request: OpenExchangeRequest): Promise<LaunchOutcome> {
  const { host, learner } = request;
  if (host === undefined) throw fieldInvalid("host", "is required");
  if (learner === undefined) throw fieldInvalid("learner", "is required");
  const dispatch = await findDispatch(parts.pool(), request.dispatchId);
  const origin = originOf(host);
  return openLaunch(parts, dispatch, {
    requestId: request.requestId,
    // What the gateway sees of the browser may differ when the page asks again.
    requestHash: requestHash(OpenExchangeRequestSchema, request, ["requestId", "host", "hostResult"]),
    kind: exchangeKinds.package,
    dispatchId: dispatch.id,
    package: await checkPackage(parts, dispatch, request),
    host: hostOfAddress(origin),
    parentOrigin: origin,
    facts: host,
    learner,
    instanceToken: request.instanceToken,
    freshEntry: request.freshEntry,
    aicc: undefined,
    returnUrl: "",
  });
}

interface PackageFacts {
  readonly format: PackageFormat;
  readonly created_at: Date;
  readonly revoked_at: Date | null;
}

/** Looks at the package a launch says it comes from. */
export async function checkPackage(
  parts: DispatchParts,
  { id: dispatchId, tenant_id: tenantId, packages_revoked_before: revokedBefore }: DispatchFacts,
  claim: { readonly packageId: string; readonly packageSignature: string; readonly launcherVersion?: string },
): Promise<LaunchPackage> {
  const { packageId: id, launcherVersion = "" } = claim;
  const found = await inTenant(parts.pool(), tenantId, async (client) => {
    const { rows } = await client.query<PackageFacts>(
      "select format, created_at, revoked_at from package where id = $1 and dispatch_id = $2",
      [id, dispatchId],
    );
    return rows[0];
  });
  if (found === undefined) return { id, format: PackageFormat.UNSPECIFIED, valid: false, launcherVersion };
  const { format, created_at, revoked_at } = found;
  const isRevoked = revoked_at !== null || (revokedBefore !== null && created_at < revokedBefore);
  const key = await verifyPackageSignature(parts.keys, claim.packageSignature, { dispatchId, packageId: id, format });
  return { id, format, valid: !isRevoked && key?.tenantId === tenantId, launcherVersion };
}
