import type { StatementFilter } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { agentKey } from "@coursemesh/xapi/agent-key.ts";
import type { Actor } from "@coursemesh/xapi/statement.ts";
import { validateAgent } from "@coursemesh/xapi/validate-statement.ts";
import { queryInvalid } from "../errors.ts";
import { positionOf } from "./position.ts";
import { statementKey } from "./statement-key.ts";
import type { Condition, StatementQuery } from "./statement-query.ts";

/** Makes a query of a filter. @throws QUERY_INVALID */
export function readFilter(filter: StatementFilter | undefined, ascending: boolean): StatementQuery {
  if (filter === undefined) return { conditions: [], after: undefined, upTo: undefined, ascending };
  const { since, until } = filter;
  return {
    conditions: conditionsOf(filter),
    after: since && positionOf(since),
    upTo: until && positionOf(until),
    ascending,
  };
}

/** Conditions, those first that usually leave the fewest. */
function conditionsOf(filter: StatementFilter): Condition[] {
  const { agentJson, verb, activity, registration, authorityJson } = filter;
  const conditions: Condition[] = [];
  if (registration !== "") conditions.push({ keys: [statementKey("registration", registration.toLowerCase())] });
  if (agentJson !== "") {
    const agent = identifierOf(agentJson, "agent");
    const keys = [statementKey("agent", agent)];
    if (!filter.relatedAgents) conditions.push({ keys });
    else {
      keys.push(statementKey("relatedAgent", agent));
      conditions.push({ keys, authority: statementKey("authority", agent) });
    }
  }
  if (activity !== "") {
    const keys = [statementKey("activity", activity)];
    if (filter.relatedActivities) keys.push(statementKey("relatedActivity", activity));
    conditions.push({ keys });
  }
  if (verb !== "") conditions.push({ keys: [statementKey("verb", verb)] });
  if (authorityJson !== "")
    conditions.push({ keys: [], authority: statementKey("authority", identifierOf(authorityJson, "authority")) });
  return conditions;
}

function identifierOf(json: string, parameter: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw queryInvalid({ parameter, description: "is no JSON" }, `${parameter} is no JSON`);
  }
  const [finding] = validateAgent(value, "2.0.0");
  const identifier = finding ? undefined : agentKey(value as Actor);
  if (identifier !== undefined) return identifier;
  const description = finding ? `${finding.path}: ${finding.message}` : "has no identifier";
  throw queryInvalid({ parameter, description }, `${parameter}: ${description}`);
}
