/** Walks over the agents and activities a statement names, wherever they stand. Statements are valid here. */
import type {
  Activity,
  Actor,
  Agent,
  Context,
  ContextActivities,
  Group,
  PlainObject,
  Statement,
  StatementRef,
  SubStatement,
} from "./statement.ts";

type AnyObject = PlainObject | SubStatement;

export const isSubStatement = (object: AnyObject): object is SubStatement => object.objectType === "SubStatement";
export const isStatementRef = (object: AnyObject): object is StatementRef => object.objectType === "StatementRef";
export const isActor = (object: AnyObject): object is Actor =>
  object.objectType === "Agent" || object.objectType === "Group";
export const isActivity = (object: AnyObject): object is Activity =>
  object.objectType === undefined || object.objectType === "Activity";
export const isGroup = (actor: Actor): actor is Group => actor.objectType === "Group";

/** The relations of `contextActivities`, in the order of the specification. */
export const CONTEXT_RELATIONS = ["parent", "grouping", "category", "other"] as const;

/** The activities of one relation, one or several as they may be. */
export function relatedActivities(
  activities: ContextActivities | undefined,
  relation: (typeof CONTEXT_RELATIONS)[number],
): readonly Activity[] {
  const found = activities?.[relation];
  if (found === undefined) return [];
  return isList(found) ? found : [found];
}

const isList = (found: Activity | readonly Activity[]): found is readonly Activity[] => Array.isArray(found);

/** Every activity of a statement and of its sub-statement: objects first, then those of the contexts. One that is named twice comes twice. */
export function activitiesOf(statement: Statement | SubStatement): Activity[] {
  const { object, context } = statement;
  const related = CONTEXT_RELATIONS.flatMap((relation) => relatedActivities(context?.contextActivities, relation));
  // Spread into an array, never into a call: hostile lists are longer than a stack.
  if (isSubStatement(object)) return [...activitiesOf(object), ...related];
  return isActivity(object) ? [object, ...related] : related;
}

/** An agent or group, and its members. */
export function withMembers(actor: Actor): readonly (Agent | Group)[] {
  return isGroup(actor) && actor.member ? [actor, ...actor.member] : [actor];
}

/** Every agent and group of a statement and of its sub-statement, with the members of groups; the authority too. One that is named twice comes twice. */
export function actorsOf(statement: Statement | SubStatement): Actor[] {
  const { actor, object, context } = statement;
  const authority = "authority" in statement ? statement.authority : undefined;
  return [
    ...withMembers(actor),
    ...(isSubStatement(object) ? actorsOf(object) : []),
    ...(isActor(object) ? withMembers(object) : []),
    ...(authority ? withMembers(authority) : []),
    ...(context ? contextActorsOf(context).flatMap(withMembers) : []),
  ];
}

function contextActorsOf({ instructor, team, contextAgents, contextGroups }: Context): Actor[] {
  const found: Actor[] = [];
  if (instructor) found.push(instructor);
  if (team) found.push(team);
  if (contextAgents) for (const { agent } of contextAgents) found.push(agent);
  if (contextGroups) for (const { group } of contextGroups) found.push(group);
  return found;
}
