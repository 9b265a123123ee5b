import { Readable } from "node:stream";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  ExportFormat,
  ExportService,
  type ExportStatementsResponse,
} from "@coursemesh/proto/coursemesh/lrs/v1/export_pb.ts";
import { type GuardedRoute, needs } from "../http/guarded-route.ts";
import type { QueryParameters } from "../http/query-parameters.ts";

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
        const stop = new AbortController();
        const request = {
          format,
          filter: filterOf(query),
          columns: query.list("columns"),
          includeVoided: query.flag("include_voided"),
          timeZone: query.text("time_zone") ?? "",
        };
        const stream = clients.of(ExportService).exportStatements(request, { signal: stop.signal });
        const messages = stream[Symbol.asyncIterator]();
        // What is wrong with the request is said before anything is sent.
        const first = await messages.next();
        return {
          status: 200,
          body: Readable.from(chunks(first, messages, stop), { objectMode: false }),
          headers: {
            "content-type": type,
            "content-disposition": `attachment; filename="statements.${chosen}"`,
            "cache-control": "no-store",
          },
        };
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

/** The file piece by piece, as fast as it is taken; whoever stops taking it ends the reading. */
async function* chunks(
  first: IteratorResult<ExportStatementsResponse>,
  messages: AsyncIterator<ExportStatementsResponse>,
  stop: AbortController,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; !next.done; next = await messages.next()) yield next.value.chunk;
  } finally {
    stop.abort();
  }
}
