import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { ExportFormat, ExportService } from "@coursemesh/proto/coursemesh/analytics/v1/export_pb.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { type GuardedRoute, needs } from "../http/guarded-route.ts";
import { streamFile } from "../http/stream-file.ts";
import { REPORTS, readExport } from "./read-export.ts";

const FORMATS = {
  csv: { format: ExportFormat.CSV, type: "text/csv; charset=utf-8" },
  ndjson: { format: ExportFormat.NDJSON, type: "application/x-ndjson; charset=utf-8" },
} as const;

/**
 * A report as a file, for keys and for people: `GET /web/analytics/export?report=courses&from=2026-11-01T00:00:00Z&format=csv`, with `to`,
 * `step`, `time_zone`, the filters `course`, `version`, `destination`, `learner`, `tag`, and for `report=registrations` the figure whose
 * registrations are wanted. It is sent as it is computed, whatever its size; an answer that breaks off was not all.
 */
export function analyticsExportRoutes(clients: Clients): readonly GuardedRoute[] {
  return [
    {
      method: "GET",
      path: "/analytics/export",
      access: needs(Permission.ANALYTICS_READ),
      async operation({ query }) {
        const chosen = query.choice("format", ["csv", "ndjson"], "csv");
        const name = query.choice("report", REPORTS, "reach");
        const { format, type } = FORMATS[chosen];
        const request = { format, report: readExport(query, name), locale: query.text("locale") ?? "" };
        const exports = clients.of(ExportService);
        return streamFile({
          read: (signal) => exports.exportReport(request, { signal }),
          type,
          filename: `${name}.${chosen}`,
        });
      },
    },
  ];
}
