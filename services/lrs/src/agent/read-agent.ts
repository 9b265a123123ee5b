import { agentKey } from "@coursemesh/xapi/agent-key.ts";
import { readJson } from "@coursemesh/xapi/read-json.ts";
import type { Actor } from "@coursemesh/xapi/statement.ts";
import { validateAgent } from "@coursemesh/xapi/validate-statement.ts";
import { agentInvalid } from "../errors.ts";

/** An agent or identified group that a request names. */
export interface NamedAgent {
  readonly agent: Actor;
  /** Canonical identifier. */
  readonly key: string;
}

/** Reads the JSON of an agent by the rules that both versions share. @throws AGENT_INVALID */
export function readAgent(json: string): NamedAgent {
  const read = readJson(json);
  if ("finding" in read) throw agentInvalid({ path: read.finding.path, description: read.finding.message });
  const { value } = read;
  const [finding] = validateAgent(value, "2.0.0");
  if (finding) throw agentInvalid({ path: finding.path, description: finding.message });
  const agent = value as Actor;
  const key = agentKey(agent);
  if (key === undefined) throw agentInvalid({ path: "$", description: "has no identifier" });
  return { agent, key };
}

/** Canonical identifier of an agent that a request names. @throws AGENT_INVALID */
export function readAgentKey(json: string): string {
  return readAgent(json).key;
}
