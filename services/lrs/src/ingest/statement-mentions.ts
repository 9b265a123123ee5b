import { agentKey } from "@coursemesh/xapi/agent-key.ts";
import type { Statement } from "@coursemesh/xapi/statement.ts";
import { factsOf, type StatementFacts } from "@coursemesh/xapi/statement-facts.ts";
import { activitiesOf, actorsOf } from "@coursemesh/xapi/statement-parts.ts";
import { NO_KEY, type StatementKey, statementKey } from "../statement/statement-key.ts";
import type { ActivityMention, AgentMention, PreparedStatement } from "./prepared-statement.ts";

type Mentions = Omit<PreparedStatement, "id" | "raw" | "storedAt" | "timestampAt" | "attachments">;

/** What a completed statement is found by and what it tells of others. */
export function mentionsOf(statement: Statement): Mentions & { readonly facts: StatementFacts } {
  const facts = factsOf(statement);
  const authority = statement.authority ? agentKey(statement.authority) : undefined;
  return {
    facts,
    actor: facts.actor === undefined ? NO_KEY : statementKey("agent", facts.actor),
    verb: {
      key: statementKey("verb", facts.verb),
      iri: storable(facts.verb),
      display: statement.verb.display,
    },
    activity: facts.activity === undefined ? NO_KEY : statementKey("activity", facts.activity),
    authority: authority === undefined ? NO_KEY : statementKey("authority", authority),
    keys: keysOf(facts, authority),
    target: facts.target ?? null,
    voids: facts.voids !== undefined,
    agents: agentsOf(statement),
    activities: activitiesOf(statement).map(({ id, definition }): ActivityMention => {
      const text = definition === undefined ? "" : JSON.stringify(definition);
      return { key: statementKey("activity", id), iri: storable(id), definition: text };
    }),
    activityIri: storable(facts.activity ?? ""),
    registration: facts.registration ?? "",
  };
}

/**
 * The keys of a statement apart from its authority's, each once. One who is found directly, or as the authority, needs no key as a related
 * one: a query for related ones looks for those as well.
 */
function keysOf(facts: StatementFacts, authority: string | undefined): StatementKey[] {
  const keys = [statementKey("verb", facts.verb)];
  for (const agent of facts.agents) keys.push(statementKey("agent", agent));
  for (const agent of facts.relatedAgents) {
    if (agent !== authority && !facts.agents.includes(agent)) keys.push(statementKey("relatedAgent", agent));
  }
  if (facts.activity !== undefined) keys.push(statementKey("activity", facts.activity));
  for (const activity of facts.relatedActivities) {
    if (activity !== facts.activity) keys.push(statementKey("relatedActivity", activity));
  }
  if (facts.registration !== undefined) keys.push(statementKey("registration", facts.registration));
  return keys;
}

function agentsOf(statement: Statement): AgentMention[] {
  return actorsOf(statement).flatMap((actor) => {
    const identifier = agentKey(actor);
    if (identifier === undefined) return [];
    const key = statementKey("agent", identifier);
    return [{ key, identifier: storable(identifier), name: storable(actor.name ?? ""), actor }];
  });
}

/** PostgreSQL's texts take every character but U+0000. */
function storable(text: string): string {
  return text.includes("\0") ? text.replaceAll("\0", "\ufffd") : text;
}
