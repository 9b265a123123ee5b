import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { analyticsRoutes } from "./dispatch/analytics-routes.ts";
import { bulkRoutes } from "./dispatch/bulk-routes.ts";
import { deploymentRoutes } from "./dispatch/deployment-routes.ts";
import { destinationRoutes } from "./dispatch/destination-routes.ts";
import { dispatchRoutes } from "./dispatch/dispatch-routes.ts";
import { launchLinkRoutes } from "./dispatch/launch-link-routes.ts";
import { packageRoutes } from "./dispatch/package-routes.ts";
import { receiptRoutes } from "./dispatch/receipt-routes.ts";
import { sessionRoutes } from "./dispatch/session-routes.ts";
import type { DocumentedRoute } from "./documented-route.ts";

/** Everything below `/api/v1/dispatch` that needs a caller. */
export function dispatchApiRoutes(clients: Clients): readonly DocumentedRoute[] {
  return [
    ...dispatchRoutes(clients),
    ...destinationRoutes(clients),
    ...packageRoutes(clients),
    ...deploymentRoutes(clients),
    ...sessionRoutes(clients),
    ...receiptRoutes(clients),
    ...analyticsRoutes(clients),
    ...launchLinkRoutes(clients),
    ...bulkRoutes(clients),
  ];
}
