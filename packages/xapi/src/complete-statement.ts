import type { Actor, Context, ContextActivities, Statement, SubStatement } from "./statement.ts";
import { CONTEXT_RELATIONS, isSubStatement, relatedActivities } from "./statement-parts.ts";

/** What the LRS knows of a statement it stores. */
export interface Completion {
  /** UUID for a statement that has none. */
  readonly id: string;
  /** Replaces whatever was sent. RFC 3339 with milliseconds at least. */
  readonly stored: string;
  /** Replaces whatever was sent. */
  readonly authority: Actor;
  /** For a statement that names none; see `STAMPED_VERSION`. */
  readonly version: string;
  /** For a statement that has none; the same time as `stored` (1.0.3 Data 2.4.7). */
  readonly timestamp: string;
}

/**
 * A valid statement as the LRS hands it out (1.0.3 Data 2.4, IEEE 9274.1.1 4.2.4.2): what is missing is filled in, a single context
 * activity becomes a list (XAPI-00096), everything else stays as it came and where it stood. Completing again changes nothing.
 */
export function completeStatement(statement: Statement, completion: Completion): Statement {
  return {
    ...withLists(statement),
    id: statement.id ?? completion.id,
    timestamp: statement.timestamp ?? completion.timestamp,
    stored: completion.stored,
    authority: completion.authority,
    version: statement.version ?? completion.version,
  };
}

function withLists<T extends Statement | SubStatement>(statement: T): T {
  const { context, object } = statement;
  const listed = context?.contextActivities && listedContext(context, context.contextActivities);
  const inner = isSubStatement(object) ? withLists(object) : object;
  if (!listed && inner === object) return statement;
  return { ...statement, object: inner, ...(listed ? { context: listed } : {}) };
}

function listedContext(context: Context, activities: ContextActivities): Context | undefined {
  const single = CONTEXT_RELATIONS.filter((relation) => activities[relation] && !Array.isArray(activities[relation]));
  if (single.length === 0) return undefined;
  const lists = single.map((relation) => [relation, relatedActivities(activities, relation)]);
  return { ...context, contextActivities: { ...activities, ...Object.fromEntries(lists) } };
}
