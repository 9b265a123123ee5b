import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { HostFacts, LaunchService } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { openAiccLaunch } from "../aicc/open-aicc-launch.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { getPendingResults } from "../results/get-pending-results.ts";
import { getBridge } from "./get-bridge.ts";
import { launchLimit } from "./launch-limit.ts";
import { createLaunchLink, openLaunchLink } from "./launch-link.ts";
import { openExchange } from "./open-exchange.ts";
import { redeemExchange } from "./redeem-exchange.ts";

/** LaunchService. */
export function launchRpc(parts: DispatchParts): ServiceImpl<typeof LaunchService> {
  const limit = launchLimit(parts.config.DISPATCH_LAUNCHES_PER_MINUTE, parts.now);
  const take = (host: HostFacts | undefined, dispatchId: string): void => limit.take(host?.ipAddress ?? "", dispatchId);
  return {
    async openExchange(request) {
      take(request.host, request.dispatchId);
      return { outcome: await openExchange(parts, request) };
    },

    redeemExchange: (request) => redeemExchange(parts, request),

    createLaunchLink: (request, context) =>
      createLaunchLink(parts, organizationOf(context), request, callerOf(context).displayName),

    openLaunchLink: (request) => openLaunchLink(parts, request, (dispatchId) => take(request.host, dispatchId)),

    async openAiccLaunch(request) {
      take(request.host, request.dispatchId);
      return { outcome: await openAiccLaunch(parts, request) };
    },

    getPendingResults: (request) => getPendingResults(parts, request),

    getBridge: ({ dispatchId }) => getBridge(parts, dispatchId),
  };
}
