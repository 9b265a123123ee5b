import { setTimeout as pause } from "node:timers/promises";
import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import {
  type Package,
  type PackageFormat,
  PackageService,
  PackageState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";

/** What a package is made of. */
export interface PackageOrder {
  readonly of:
    | { readonly case: "dispatchId"; readonly value: string }
    | { readonly case: "destinationId"; readonly value: string };
  readonly format: PackageFormat;
  readonly cssUrl?: string | undefined;
}

/** Packages are small and made in well under a second; a queue may be in front of one. */
const WAIT_MS = 30_000;
const POLL_MS = 100;

/** Makes a package, or takes the one made before, and waits until it can be sent. @throws PACKAGE_NOT_READY after half a minute */
export async function makePackage(clients: Clients, order: PackageOrder): Promise<Package> {
  const packages = clients.of(PackageService);
  let { package: made } = await packages.createPackage({
    requestId: uuidV7(),
    of: order.of,
    format: order.format,
    cssUrl: order.cssUrl ?? "",
  });
  for (const deadline = Date.now() + WAIT_MS; made !== undefined; ) {
    if (made.state === PackageState.READY) return made;
    if (made.state === PackageState.FAILED)
      throw serviceError(Code.Internal, "INTERNAL", `the package could not be made: ${made.error}`);
    if (Date.now() > deadline) break;
    await pause(POLL_MS);
    ({ package: made } = await packages.getPackage({ id: made.id }));
  }
  throw serviceError(Code.Unavailable, "PACKAGE_NOT_READY", "the package is not ready yet; ask again in a moment");
}
