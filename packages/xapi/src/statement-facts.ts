import { agentKey } from "./agent-key.ts";
import { SIGNATURE_USAGE } from "./signature.ts";
import type { Actor, Attachment, Statement } from "./statement.ts";
import {
  activitiesOf,
  actorsOf,
  isActivity,
  isActor,
  isStatementRef,
  isSubStatement,
  withMembers,
} from "./statement-parts.ts";
import { VOIDED } from "./voiding.ts";

/** An attachment as a statement describes it. */
export interface AttachmentFacts {
  /** Lower-case hexadecimal. */
  readonly sha2: string;
  readonly contentType: string;
  /** Bytes. */
  readonly length: number;
  /** Where the content is when it is not enclosed. */
  readonly fileUrl?: string;
  /** It is the statement's signature. */
  readonly signature: boolean;
}

/**
 * What a statement is found by (1.0.3 Communication 2.1.3, IEEE 9274.1.1 4.1.6.1). Agents are keys as `agentKey` makes them, UUIDs are
 * lower-case, and no list names anything twice.
 */
export interface StatementFacts {
  /** Key of the actor; undefined for an anonymous group. */
  readonly actor?: string;
  /** IRI of the verb. */
  readonly verb: string;
  /** IRI of the object when it is an activity. */
  readonly activity?: string;
  readonly registration?: string;
  /** What the filter `agent` matches: actor and object when they are agents or groups, and the members of groups. */
  readonly agents: readonly string[];
  /** What `agent` matches with `related_agents`: `agents`, authority, instructor, team, contextAgents, contextGroups, and those of a sub-statement. */
  readonly relatedAgents: readonly string[];
  /** What `activity` matches with `related_activities`: objects and contextActivities, those of a sub-statement too. */
  readonly relatedActivities: readonly string[];
  /** Id of the statement that the object refers to. */
  readonly target?: string;
  /** The same when the verb says that it is void. */
  readonly voids?: string;
  /** Those of the statement and of its sub-statement. */
  readonly attachments: readonly AttachmentFacts[];
}

function keysOf(actors: readonly Actor[]): string[] {
  const keys = new Set<string>();
  for (const actor of actors) {
    const key = agentKey(actor);
    if (key !== undefined) keys.add(key);
  }
  return [...keys];
}

const attachmentFacts = ({ usageType, sha2, contentType, length, fileUrl }: Attachment): AttachmentFacts => ({
  sha2: sha2.toLowerCase(),
  contentType,
  length,
  ...(fileUrl === undefined ? {} : { fileUrl }),
  signature: usageType === SIGNATURE_USAGE,
});

/** The facts of a valid statement, completed by the LRS (its authority counts) or not. */
export function factsOf(statement: Statement): StatementFacts {
  const { actor, verb, object, context } = statement;
  const actorKey = agentKey(actor);
  const registration = context?.registration?.toLowerCase();
  const target = isStatementRef(object) ? object.id.toLowerCase() : undefined;
  const attached = [...(statement.attachments ?? []), ...(isSubStatement(object) ? (object.attachments ?? []) : [])];
  return {
    ...(actorKey === undefined ? {} : { actor: actorKey }),
    verb: verb.id,
    ...(isActivity(object) ? { activity: object.id } : {}),
    ...(registration === undefined ? {} : { registration }),
    agents: keysOf([...withMembers(actor), ...(isActor(object) ? withMembers(object) : [])]),
    relatedAgents: keysOf(actorsOf(statement)),
    relatedActivities: [...new Set(activitiesOf(statement).map(({ id }) => id))],
    ...(target === undefined ? {} : { target }),
    ...(target !== undefined && verb.id === VOIDED ? { voids: target } : {}),
    attachments: attached.map(attachmentFacts),
  };
}
