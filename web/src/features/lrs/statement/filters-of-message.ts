import type { StatementFilterView } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import type { Identifiers } from "@coursemesh/xapi/statement.ts";
import { textOfAgent } from "./agent-text.ts";
import type { StatementFilters } from "./statement-filters.ts";

/** A stored filter, as people entered it. */
export function filtersOfMessage(filter: StatementFilterView | undefined): StatementFilters {
  if (!filter) return {};
  const { agentJson, verb, activity, registration, relatedActivities, relatedAgents } = filter;
  return {
    ...(agentJson && { agent: agentText(agentJson) }),
    ...(verb && { verb }),
    ...(activity && { activity }),
    ...(registration && { registration }),
    ...(relatedActivities && { relatedActivities }),
    ...(relatedAgents && { relatedAgents }),
  };
}

function agentText(json: string): string {
  try {
    return textOfAgent(JSON.parse(json) as Identifiers) || json;
  } catch {
    return json;
  }
}
