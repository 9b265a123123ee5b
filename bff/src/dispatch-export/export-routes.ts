import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { DispatchAnalyticsService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import { type GuardedRoute, needs } from "../http/guarded-route.ts";
import { streamFile } from "../http/stream-file.ts";

/**
 * Figures of each dispatch and day as CSV, for keys and for people:
 * `GET /web/dispatch/export?from=2026-11-01&to=2026-11-30&time_zone=Europe/Berlin`, with `dispatch` for some, their ids with commas between.
 * It is sent as it is computed, whatever its size; an answer that breaks off was not all.
 */
export function dispatchExportRoutes(clients: Clients): readonly GuardedRoute[] {
  return [
    {
      method: "GET",
      path: "/dispatch/export",
      access: needs(Permission.DISPATCH_READ),
      async operation({ query }) {
        const range = {
          firstDay: query.text("from") ?? "",
          lastDay: query.text("to") ?? "",
          timeZone: query.text("time_zone") ?? "",
        };
        const dispatchIds = (query.text("dispatch") ?? "").split(",").filter((id) => id !== "");
        const analytics = clients.of(DispatchAnalyticsService);
        return streamFile({
          read: (signal) => analytics.exportDispatchAnalytics({ range, dispatchIds }, { signal }),
          type: "text/csv; charset=utf-8",
          filename: "dispatches.csv",
        });
      },
    },
  ];
}
