/** The formats `ids` and `canonical` of the statement resource (1.0.3 Communication 2.1.3, IEEE 9274.1.1 4.1.6.1). */
import { pickLanguage } from "./language-range.ts";
import type {
  Activity,
  ActivityDefinition,
  Actor,
  Agent,
  Attachment,
  ComponentList,
  Context,
  LanguageMap,
  Statement,
  SubStatement,
  Verb,
} from "./statement.ts";
import {
  CONTEXT_RELATIONS,
  isActivity,
  isActor,
  isGroup,
  isSubStatement,
  relatedActivities,
} from "./statement-parts.ts";

/** What becomes of each part of a statement. */
interface Format {
  readonly actor: <T extends Actor>(actor: T) => T;
  readonly verb: (verb: Verb) => Verb;
  readonly activity: (activity: Activity) => Activity;
  readonly attachment: (attachment: Attachment) => Attachment;
}

/** Only what identifies agents, groups, verbs and activities: of an anonymous group its members, of an activity its id. */
export function toIds(statement: Statement): Statement {
  return formatted(statement, ids);
}

/**
 * Activities with the definitions the LRS knows, and one language in every language map: the one that suits an `Accept-Language` header.
 * `definitionOf` answers undefined for an activity that is not known, which then keeps the definition it has.
 */
export function toCanonical(
  statement: Statement,
  definitionOf: (activityId: string) => ActivityDefinition | undefined,
  acceptLanguage: string,
): Statement {
  const one = (map: LanguageMap) => pickLanguage(map, acceptLanguage);
  return formatted(statement, {
    actor: (actor) => actor,
    verb: (verb) => (verb.display ? { ...verb, display: one(verb.display) } : verb),
    activity: (activity) => {
      const definition = definitionOf(activity.id) ?? activity.definition;
      return definition ? { ...activity, definition: inOneLanguage(definition, one) } : activity;
    },
    attachment: (attachment) => ({
      ...attachment,
      display: one(attachment.display),
      ...(attachment.description ? { description: one(attachment.description) } : {}),
    }),
  });
}

const ids: Format = {
  actor: identified,
  verb: ({ id }) => ({ id }),
  // An object without a type is an activity, so the type says nothing more.
  activity: ({ id }) => ({ id }),
  attachment: (attachment) => attachment,
};

function identified<T extends Actor>(actor: T): T {
  const { name: _, ...rest } = actor;
  if (!isGroup(actor)) return rest as T;
  const anonymous = !(actor.mbox ?? actor.mbox_sha1sum ?? actor.openid ?? actor.account);
  const { member, ...identifier } = rest as typeof rest & { readonly member?: readonly Agent[] };
  return { ...identifier, ...(anonymous && member ? { member: member.map(identified) } : {}) } as T;
}

const componentLists: readonly ComponentList[] = ["choices", "scale", "source", "target", "steps"];

/** An activity definition with one language in every map. */
export function inOneLanguage(
  definition: ActivityDefinition,
  one: (map: LanguageMap) => LanguageMap,
): ActivityDefinition {
  const { name, description } = definition;
  const lists = componentLists.flatMap((list) => {
    const components = definition[list]?.map((component) =>
      component.description ? { ...component, description: one(component.description) } : component,
    );
    return components ? [[list, components] as const] : [];
  });
  return {
    ...definition,
    ...(name ? { name: one(name) } : {}),
    ...(description ? { description: one(description) } : {}),
    ...Object.fromEntries(lists),
  };
}

function formatted<T extends Statement | SubStatement>(statement: T, format: Format): T {
  const { actor, verb, object, context, attachments } = statement;
  return {
    ...statement,
    actor: format.actor(actor),
    verb: format.verb(verb),
    object: formattedObject(object, format),
    ...(context ? { context: formattedContext(context, format) } : {}),
    ...(attachments ? { attachments: attachments.map(format.attachment) } : {}),
    ...("authority" in statement && statement.authority ? { authority: format.actor(statement.authority) } : {}),
  };
}

function formattedObject(object: Statement["object"], format: Format): Statement["object"] {
  if (isSubStatement(object)) return formatted(object, format);
  if (isActor(object)) return format.actor(object);
  return isActivity(object) ? format.activity(object) : object;
}

function formattedContext(context: Context, format: Format): Context {
  const { instructor, team, contextActivities, contextAgents, contextGroups } = context;
  const relations = CONTEXT_RELATIONS.filter((relation) => contextActivities?.[relation]).map((relation) => [
    relation,
    relatedActivities(contextActivities, relation).map(format.activity),
  ]);
  return {
    ...context,
    ...(instructor ? { instructor: format.actor(instructor) } : {}),
    ...(team ? { team: format.actor(team) } : {}),
    ...(contextActivities ? { contextActivities: { ...contextActivities, ...Object.fromEntries(relations) } } : {}),
    ...(contextAgents
      ? { contextAgents: contextAgents.map((one) => ({ ...one, agent: format.actor(one.agent) })) }
      : {}),
    ...(contextGroups
      ? { contextGroups: contextGroups.map((one) => ({ ...one, group: format.actor(one.group) })) }
      : {}),
  };
}
