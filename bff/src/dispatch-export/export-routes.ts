import { Readable } from "node:stream";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  DispatchAnalyticsService,
  type ExportDispatchAnalyticsResponse,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import { type GuardedRoute, needs } from "../http/guarded-route.ts";

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
        const stop = new AbortController();
        const analytics = clients.of(DispatchAnalyticsService);
        const stream = analytics.exportDispatchAnalytics({ range, dispatchIds }, { signal: stop.signal });
        const messages = stream[Symbol.asyncIterator]();
        // What is wrong with the request is said before anything is sent.
        const first = await messages.next();
        return {
          status: 200,
          body: Readable.from(chunks(first, messages, stop), { objectMode: false }),
          headers: {
            "content-type": "text/csv; charset=utf-8",
            "content-disposition": 'attachment; filename="dispatches.csv"',
            "cache-control": "no-store",
          },
        };
      },
    },
  ];
}

/** The file piece by piece, as fast as it is taken; whoever stops taking it ends the reading. */
async function* chunks(
  first: IteratorResult<ExportDispatchAnalyticsResponse>,
  messages: AsyncIterator<ExportDispatchAnalyticsResponse>,
  stop: AbortController,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; !next.done; next = await messages.next()) yield next.value.chunk;
  } finally {
    stop.abort();
  }
}
