import { inTenant } from "@coursemesh/platform/db/database.ts";
import { mergeActivityDefinition } from "@coursemesh/xapi/merge-activity-definition.ts";
import type { ActivityDefinition } from "@coursemesh/xapi/statement.ts";
import type pg from "pg";
import type { ActivityMention, AgentMention, PreparedStatement } from "../ingest/prepared-statement.ts";
import type { StatementKey } from "../statement/statement-key.ts";
import type { ActivityChange, AgentChange, CatalogChanges } from "./catalog-changes.ts";

/**
 * What is known to be in the catalogues of agents, activities and verbs, so that statements about what is known already write nothing there
 * and hardly ever read. What another process changes is noticed when it is written.
 */
export interface CatalogMemory {
  /** What these statements add. */
  changes(tenantId: string, statements: readonly PreparedStatement[]): Promise<CatalogChanges>;
  /** The changes are in the database. */
  written(tenantId: string, changes: CatalogChanges): void;
  /** These activities or agents are not what we think. */
  forget(tenantId: string, keys: readonly StatementKey[]): void;
}

interface KnownActivity {
  readonly version: number;
  readonly definition: ActivityDefinition | undefined;
  /** Definitions that add nothing to it, as JSON. */
  readonly contained: Set<string>;
}

/** What is known of one organization. */
interface Known {
  readonly activities: Map<StatementKey, KnownActivity>;
  /** The names of agents. */
  readonly agents: Map<StatementKey, Set<string>>;
  readonly verbs: Set<StatementKey>;
}

/** Of all organizations. */
const MOST_REMEMBERED = 50_000;
const MOST_CONTAINED = 8;

export function catalogMemory(pool: () => pg.Pool): CatalogMemory {
  const organizations = new Map<string, Known>();
  let remembered = 0;

  const knownOf = (tenantId: string): Known => {
    const found = organizations.get(tenantId);
    if (found !== undefined) return found;
    const known: Known = { activities: new Map(), agents: new Map(), verbs: new Set() };
    organizations.set(tenantId, known);
    return known;
  };

  /** Makes room for some more, by forgetting everything. */
  const makeRoom = (count: number): void => {
    remembered += count;
    if (remembered <= MOST_REMEMBERED) return;
    organizations.clear();
    remembered = count;
  };

  const readActivities = async (tenantId: string, keys: readonly StatementKey[]): Promise<void> => {
    const { rows } = await inTenant(pool(), tenantId, (client) =>
      client.query<{ key: string; definition: string; version: number }>(
        "select key, definition, version from activity where tenant_id = $1 and key = any($2)",
        [tenantId, keys],
      ),
    );
    makeRoom(keys.length);
    const { activities } = knownOf(tenantId);
    const found = new Map(rows.map((row) => [row.key, row]));
    for (const key of keys) {
      const row = found.get(key);
      activities.set(key, knownActivity(row?.version ?? 0, row?.definition ?? ""));
    }
  };

  const activityChanges = async (
    tenantId: string,
    statements: readonly PreparedStatement[],
  ): Promise<ActivityChange[]> => {
    const { activities } = knownOf(tenantId);
    const telling = new Set<StatementKey>();
    const unknown = new Set<StatementKey>();
    for (const statement of statements) {
      for (const { key, definition } of statement.activities) {
        const known = activities.get(key);
        if (known === undefined) unknown.add(key);
        if (known === undefined || !contains(known, definition)) telling.add(key);
      }
    }
    if (telling.size === 0) return [];
    if (unknown.size > 0) await readActivities(tenantId, [...unknown]);
    const mentions = statements.flatMap((statement) => statement.activities.filter(({ key }) => telling.has(key)));
    return merged(knownOf(tenantId).activities, mentions);
  };

  return {
    async changes(tenantId, statements) {
      const changed = await activityChanges(tenantId, statements);
      const known = knownOf(tenantId);
      const agents = new Map<StatementKey, AgentMention>();
      const verbs = new Map<StatementKey, CatalogChanges["verbs"][number]>();
      for (const statement of statements) {
        for (const agent of statement.agents)
          if (!known.agents.get(agent.key)?.has(agent.name)) agents.set(agent.key, agent);
        const { key, iri, display } = statement.verb;
        if (!known.verbs.has(key)) verbs.set(key, { key, iri, display: display ? JSON.stringify(display) : "" });
      }
      return { agents: [...agents.values()].map(agentChange), activities: changed, verbs: [...verbs.values()] };
    },
    written(tenantId, { agents, activities: changed, verbs }) {
      makeRoom(agents.length + verbs.length + changed.length);
      const known = knownOf(tenantId);
      for (const { key, name } of agents) {
        const names = known.agents.get(key);
        if (names) names.add(name);
        else known.agents.set(key, new Set([name]));
      }
      for (const { key } of verbs) known.verbs.add(key);
      for (const { key, definition, version } of changed)
        known.activities.set(key, knownActivity(version + 1, definition));
    },
    forget(tenantId, keys) {
      const { activities, agents } = knownOf(tenantId);
      for (const key of keys) {
        activities.delete(key);
        agents.delete(key);
      }
    },
  };
}

function knownActivity(version: number, definition: string): KnownActivity {
  const parsed = definition === "" ? undefined : (JSON.parse(definition) as ActivityDefinition);
  return { version, definition: parsed, contained: new Set() };
}

/** Whether an activity is entered, and a definition of it is known to add nothing. */
function contains({ version, contained }: KnownActivity, definition: string): boolean {
  return definition === "" ? version > 0 : contained.has(definition);
}

/** What mentions of activities add to what is known of them, the last one having the last word. */
function merged(
  activities: ReadonlyMap<StatementKey, KnownActivity>,
  mentions: readonly ActivityMention[],
): ActivityChange[] {
  const changed = new Map<StatementKey, { iri: string; definition: ActivityDefinition | undefined; version: number }>();
  for (const { key, iri, definition: text } of mentions) {
    const known = activities.get(key) ?? knownActivity(0, "");
    const before = changed.get(key) ?? known;
    if (text === "") {
      if (known.version === 0 && !changed.has(key)) changed.set(key, { iri, definition: undefined, version: 0 });
      continue;
    }
    if (!changed.has(key) && known.contained.has(text)) continue;
    const definition = JSON.parse(text) as ActivityDefinition;
    const all = before.definition ? mergeActivityDefinition(before.definition, definition) : definition;
    if (all !== before.definition) changed.set(key, { iri, definition: all, version: known.version });
    else if (!changed.has(key)) {
      if (known.contained.size >= MOST_CONTAINED) known.contained.clear();
      known.contained.add(text);
    }
  }
  return [...changed].map(([key, { iri, definition, version }]) => {
    return { key, iri, version, definition: definition ? JSON.stringify(definition) : "" };
  });
}

function agentChange({ key, identifier, name, actor }: AgentMention): AgentChange {
  const { objectType = "Agent", mbox, mbox_sha1sum, openid, account } = actor;
  return {
    key,
    identifier,
    name,
    json: JSON.stringify({ objectType, name: actor.name, mbox, mbox_sha1sum, openid, account }),
  };
}
