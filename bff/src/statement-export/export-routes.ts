import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { ExportFormat, ExportService } from "@coursemesh/proto/coursemesh/lrs/v1/export_pb.ts";
import { type GuardedRoute, needs } from "../http/guarded-route.ts";
import type { QueryParameters } from "../http/query-parameters.ts";
import { streamFile } from "../http/stream-file.ts";

const FORMATS = {
  ndjson: { format: ExportFormat.NDJSON, type: "application/x-ndjson; charset=utf-8" },
  csv: { format: ExportFormat.CSV, type: "text/csv; charset=utf-8" },
} as const;

/**
 * The organization's statements as a file, for keys and for people: `GET /web/statements/export?format=csv`, with the filters of the
 * Experience API under its own names, and `columns`, `time_zone` and `include_voided`. It is sent as it is read, whatever its size; an answer that breaks
 * off was not all.
 */
export function exportRoutes(clients: Clients): readonly GuardedRoute[] {
  return [
    {
      method: "GET",
      path: "/statements/export",
      access: needs(Permission.STATEMENT_READ),
      async operation({ query }) {
        const chosen = query.choice("format", ["ndjson", "csv"], "ndjson");
        const { format, type } = FORMATS[chosen];
        const request = {
          format,
          filter: filterOf(query),
          columns: query.list("columns"),
          includeVoided: query.flag("include_voided"),
          timeZone: query.text("time_zone") ?? "",
        };
        const exports = clients.of(ExportService);
        const read = (signal: AbortSignal) => exports.exportStatements(request, { signal });
        return streamFile({ read, type, filename: `statements.${chosen}` });
      },
    },
  ];
}

function filterOf(query: QueryParameters) {
  const [since, until] = [query.time("since"), query.time("until")];
  return {
    agentJson: query.text("agent") ?? "",
    verb: query.text("verb") ?? "",
    activity: query.text("activity") ?? "",
    registration: query.text("registration") ?? "",
    relatedActivities: query.flag("related_activities"),
    relatedAgents: query.flag("related_agents"),
    ...(since && { since }),
    ...(until && { until }),
  };
}
