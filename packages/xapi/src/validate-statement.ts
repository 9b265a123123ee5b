import { activityDefinition } from "./activity-rules.ts";
import { actor } from "./agent-rules.ts";
import { Check } from "./check.ts";
import type { Finding } from "./finding.ts";
import type { Rule } from "./rule.ts";
import { statement } from "./statement-rules.ts";
import type { XapiVersion } from "./version.ts";

function findingsOf(rule: Rule, value: unknown, version: XapiVersion): readonly Finding[] {
  const check = new Check(version);
  rule(check, value);
  return check.findings;
}

/**
 * What is wrong with a parsed statement by the rules of a version; empty when it is valid. Twenty findings at the most, those of one
 * place in the order of its properties. Any JSON may come in; nothing throws, and the time taken grows with its size only.
 */
export function validateStatement(value: unknown, version: XapiVersion): readonly Finding[] {
  return findingsOf(statement, value, version);
}

const asActor = actor("XAPI-00034");

/** What is wrong with an agent or group, e.g. of a request's parameter (XAPI-00012). */
export function validateAgent(value: unknown, version: XapiVersion): readonly Finding[] {
  return findingsOf(asActor, value, version);
}

/** What is wrong with an activity definition. */
export function validateActivityDefinition(value: unknown, version: XapiVersion): readonly Finding[] {
  return findingsOf(activityDefinition, value, version);
}
