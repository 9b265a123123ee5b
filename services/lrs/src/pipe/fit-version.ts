/**
 * A statement's JSON as a target of version 1.0.3 can take it: one of 2.0 calls itself 1.0.3 there and goes without `contextAgents` and
 * `contextGroups`, which 1.0.3 does not know. All others stay as they are, to the byte.
 */
export function fitTo103(json: string): string {
  const statement: { version?: unknown; context?: Record<string, unknown>; object?: unknown } = JSON.parse(json);
  if (typeof statement.version !== "string" || !statement.version.startsWith("2.")) return json;
  return JSON.stringify(withoutNew({ ...statement, version: "1.0.3" }));
}

function withoutNew<T extends { context?: Record<string, unknown>; object?: unknown }>(statement: T): T {
  const { context, object } = statement;
  const { contextAgents: _, contextGroups: __, ...known } = context ?? {};
  const isSubStatement = isObject(object) && object.objectType === "SubStatement";
  return {
    ...statement,
    ...(context !== undefined && { context: known }),
    ...(isSubStatement && { object: withoutNew(object) }),
  };
}

function isObject(value: unknown): value is Record<string, unknown> & { context?: Record<string, unknown> } {
  return typeof value === "object" && value !== null;
}
