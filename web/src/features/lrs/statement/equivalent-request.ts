import { FIRST_STATEMENT } from "../../../lib/xapi/first-statement.ts";
import { agentOfText } from "./agent-text.ts";
import { type StatementFilters, soundFilters } from "./statement-filters.ts";

/** The version that requests on this page ask for. */
export const REQUEST_VERSION = "2.0.0";

/** GET of the statement resource that answers with the same statements (Communication 2.1.3). @param limit 0: the server's. */
export function statementsUrl(endpoint: string, filters: StatementFilters, limit: number): string {
  const parameters = [
    ...filterParameters(filters),
    ...(filters.ascending ? ["ascending=true"] : []),
    ...(limit > 0 ? [`limit=${limit}`] : []),
  ];
  return `${endpoint}/statements${parameters.length > 0 ? `?${parameters.join("&")}` : ""}`;
}

/** Address of the same statements as a file, all of them, oldest first. @param timeZone IANA name, for times in a CSV. */
export function exportUrl(filters: StatementFilters, format: ExportFormat, timeZone: string): string {
  const parameters = [`format=${format}`, `time_zone=${encodeURIComponent(timeZone)}`, ...filterParameters(filters)];
  return `/web/statements/export?${parameters.join("&")}`;
}

/** Form of a file of statements. */
export type ExportFormat = "csv" | "ndjson";

/** Filters by the names the specification gives them. */
function filterParameters(filters: StatementFilters): string[] {
  const { agent, verb, activity, registration, since, until } = soundFilters(filters);
  const identifiers = agent ? agentOfText(agent) : undefined;
  const parameters: readonly (readonly [string, string | undefined])[] = [
    ["agent", identifiers && JSON.stringify(identifiers)],
    ["related_agents", agent && filters.relatedAgents ? "true" : undefined],
    ["verb", verb],
    ["activity", activity],
    ["related_activities", activity && filters.relatedActivities ? "true" : undefined],
    ["registration", registration],
    ["since", since],
    ["until", until],
  ];
  return parameters.flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []));
}

/** GET of one statement. */
export function statementUrl(endpoint: string, id: string, voided: boolean): string {
  return `${endpoint}/statements?${voided ? "voidedStatementId" : "statementId"}=${id}`;
}

/** A command that runs once `COURSEMESH_KEY` holds `id:secret`. */
export function curlOf(url: string): string {
  return `curl -u "$COURSEMESH_KEY" -H 'X-Experience-API-Version: ${REQUEST_VERSION}' '${url.replaceAll("'", "%27")}'`;
}

/** A command that stores one harmless statement. */
export function curlToStore(endpoint: string): string {
  return `curl -u "$COURSEMESH_KEY" -H 'X-Experience-API-Version: ${REQUEST_VERSION}' -H 'content-type: application/json' '${endpoint}/statements' -d '${JSON.stringify(FIRST_STATEMENT)}'`;
}
