import type { ServiceImpl } from "@connectrpc/connect";
import type { LaunchService } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { getPendingResults } from "../results/get-pending-results.ts";
import { getBridge } from "./get-bridge.ts";
import { launchLimit } from "./launch-limit.ts";
import { openExchange } from "./open-exchange.ts";
import { redeemExchange } from "./redeem-exchange.ts";

/** LaunchService. */
export function launchRpc(parts: DispatchParts): Partial<ServiceImpl<typeof LaunchService>> {
  const limit = launchLimit(parts.config.DISPATCH_LAUNCHES_PER_MINUTE, parts.now);
  return {
    async openExchange(request) {
      limit.take(request.host?.ipAddress ?? "", request.dispatchId);
      return { outcome: await openExchange(parts, request) };
    },
    redeemExchange: (request) => redeemExchange(parts, request),
    getPendingResults: (request) => getPendingResults(parts, request),
    getBridge: ({ dispatchId }) => getBridge(parts, dispatchId),
  };
}
