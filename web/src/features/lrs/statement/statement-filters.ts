import type { MessageInitShape } from "@bufbuild/protobuf";
import type { StatementFilterViewSchema } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { agentOfText } from "./agent-text.ts";

/** What statements are filtered by, as people enter it; on the page of statements these are its search parameters. */
export interface StatementFilters {
  /** Anything `agentOfText` understands. */
  readonly agent?: string | undefined;
  /** IRI. */
  readonly verb?: string | undefined;
  /** IRI. */
  readonly activity?: string | undefined;
  readonly registration?: string | undefined;
  readonly relatedActivities?: boolean | undefined;
  readonly relatedAgents?: boolean | undefined;
  /** ISO 8601. */
  readonly since?: string | undefined;
  /** ISO 8601. */
  readonly until?: string | undefined;
  readonly ascending?: boolean | undefined;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Begins with a scheme. */
const IRI = /^[a-z][a-z0-9+.-]*:\S+$/i;

/** Fields whose text cannot be sent. */
export function invalidFilters(filters: StatementFilters): ReadonlySet<keyof StatementFilters> {
  const wrong = new Set<keyof StatementFilters>();
  if (filters.agent && !agentOfText(filters.agent)) wrong.add("agent");
  if (filters.verb && !IRI.test(filters.verb)) wrong.add("verb");
  if (filters.activity && !IRI.test(filters.activity)) wrong.add("activity");
  if (filters.registration && !UUID.test(filters.registration)) wrong.add("registration");
  return wrong;
}

/** Those that can be sent; a field that is wrong is as if it were empty. */
export function soundFilters(filters: StatementFilters): StatementFilters {
  const wrong = invalidFilters(filters);
  return Object.fromEntries(
    Object.entries(filters).filter(([key, value]) => value !== undefined && !wrong.has(key as keyof StatementFilters)),
  );
}

/** The filter as the server wants it. */
export function toFilterMessage(filters: StatementFilters): MessageInitShape<typeof StatementFilterViewSchema> {
  const { agent, verb, activity, registration, since, until } = soundFilters(filters);
  const identifiers = agent ? agentOfText(agent) : undefined;
  return {
    agentJson: identifiers ? JSON.stringify(identifiers) : "",
    verb: verb ?? "",
    activity: activity ?? "",
    registration: registration ?? "",
    relatedActivities: Boolean(filters.relatedActivities && activity),
    relatedAgents: Boolean(filters.relatedAgents && agent),
    since: millisOf(since),
    until: millisOf(until),
  };
}

/** How many filters are set; the order is none. */
export function activeFilters({ ascending: _, ...filters }: StatementFilters): number {
  return Object.values(filters).filter(Boolean).length;
}

function millisOf(iso: string | undefined): bigint {
  const time = iso ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(time) ? 0n : BigInt(time);
}
