import { agentKey } from "./agent-key.ts";
import { canonicalJson } from "./canonical-json.ts";
import { comparableDuration } from "./duration.ts";
import { SIGNATURE_USAGE } from "./signature.ts";
import type { Actor, Attachment, Context, PlainObject, Result, Statement, SubStatement } from "./statement.ts";
import {
  CONTEXT_RELATIONS,
  isActor,
  isGroup,
  isStatementRef,
  isSubStatement,
  relatedActivities,
} from "./statement-parts.ts";
import { comparableTimestamp } from "./timestamp.ts";

/**
 * Everything that a statement says, as one text: equal for two statements exactly when the specification calls them the same (1.0.3 Data
 * 2.3.1, IEEE 9274.1.1 4.2.3). Left out is what the LRS assigns (id, stored, authority, version, and a timestamp that equals its own
 * `stored`), activity definitions, how verbs are displayed, and of attachments all but what they are. Written alike are times, durations
 * beyond 0.01 s, members of groups in any order, UUIDs, language tags and domains in any case, and one context activity or a list of one.
 */
export function meaningOf(statement: Statement): string {
  return canonicalJson(told(statement, () => true));
}

/** The same without its signature: what a signature's payload says (1.0.3 Data 2.6). */
export function unsignedMeaningOf(statement: Statement): string {
  return canonicalJson(told(statement, ({ usageType }) => usageType !== SIGNATURE_USAGE));
}

/** Whether two valid statements, which bear the same id or none, are the same. An equivalence relation. */
export function sameStatement(a: Statement, b: Statement): boolean {
  return a === b || meaningOf(a) === meaningOf(b);
}

/** The meaning as a value; of attachments only those that count. */
function told(statement: Statement | SubStatement, counts: (attachment: Attachment) => boolean): unknown {
  const { actor, verb, object, result, context, timestamp, attachments } = statement;
  const stored = "stored" in statement ? statement.stored : undefined;
  const time = timestamp === undefined ? undefined : comparableTimestamp(timestamp);
  const assigned = stored !== undefined && time === comparableTimestamp(stored);
  const enclosed = attachments?.filter(counts).map(({ usageType, contentType, length, sha2 }) => {
    return { usageType, contentType, length, sha2: sha2.toLowerCase() };
  });
  return {
    actor: saidActor(actor),
    verb: verb.id,
    object: isSubStatement(object) ? told(object, counts) : saidObject(object),
    result: result && saidResult(result),
    context: context && saidContext(context),
    timestamp: assigned ? undefined : time,
    attachments: enclosed?.length ? inAnyOrder(enclosed) : undefined,
  };
}

const inAnyOrder = (values: readonly unknown[]) => values.map(canonicalJson).sort();

function saidActor(actor: Actor): unknown {
  return {
    objectType: actor.objectType ?? "Agent",
    name: actor.name,
    key: agentKey(actor),
    member: isGroup(actor) && actor.member ? inAnyOrder(actor.member.map(saidActor)) : undefined,
  };
}

function saidObject(object: PlainObject): unknown {
  if (isActor(object)) return saidActor(object);
  if (isStatementRef(object)) return { refersTo: object.id.toLowerCase() };
  return { activity: object.id };
}

const saidResult = (result: Result) => ({
  ...result,
  duration: result.duration === undefined ? undefined : comparableDuration(result.duration),
});

function saidContext(context: Context): unknown {
  const { registration, instructor, team, contextActivities, contextAgents, contextGroups, language, statement } =
    context;
  return {
    ...context,
    registration: registration?.toLowerCase(),
    instructor: instructor && saidActor(instructor),
    team: team && saidActor(team),
    contextActivities:
      contextActivities &&
      CONTEXT_RELATIONS.map((relation) => relatedActivities(contextActivities, relation).map(({ id }) => id)),
    contextAgents: contextAgents?.map((one) => ({ ...one, agent: saidActor(one.agent) })),
    contextGroups: contextGroups?.map((one) => ({ ...one, group: saidActor(one.group) })),
    language: language?.toLowerCase(),
    statement: statement?.id.toLowerCase(),
  };
}
