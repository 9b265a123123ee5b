import { inTenant } from "@coursemesh/platform/db/database.ts";
import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import type pg from "pg";

/** An activity of the catalogue. */
export interface ActivityRow {
  readonly iri: string;
  /** JSON, merged from all that were received; empty when none was. */
  readonly definition: string;
  readonly updatedAt: Date;
}

/** What a list is narrowed to; empty texts narrow nothing. */
export interface ActivityFilter {
  /** Part of the IRI or of a name, whatever the case. */
  readonly query: string;
  /** IRI of the type. */
  readonly type: string;
}

/** Activities that statements have named. */
export interface ActivityRepository {
  find(tenantId: string, iri: string): Promise<ActivityRow | undefined>;
  /** By IRI, one more than asked for. */
  list(tenantId: string, filter: ActivityFilter, start: PageStart): Promise<ActivityRow[]>;
  count(tenantId: string, filter: ActivityFilter): Promise<bigint>;
}

const COLUMNS = 'iri, definition, updated_at as "updatedAt"';
/** The language map of names is a flat object, so it ends at the first brace; definitions are written without spaces. */
const MATCHES = `tenant_id = $1
  and ($2 = '' or iri ilike $3 or substring(definition from '"name":\\{[^}]*\\}') ilike $3)
  and ($4 = '' or position($4 in definition) > 0)`;

export function activityRepository(pool: () => pg.Pool): ActivityRepository {
  return {
    find: (tenantId, iri) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<ActivityRow>(
          `select ${COLUMNS} from activity where tenant_id = $1 and iri = $2`,
          [tenantId, iri],
        );
        return rows[0];
      }),
    list: (tenantId, filter, { after, limit }) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<ActivityRow>(
          `select ${COLUMNS} from activity where ${MATCHES} and ($5::text is null or iri > $5) order by iri limit $6`,
          [...valuesOf(tenantId, filter), after?.[0] ?? null, limit + 1],
        );
        return rows;
      }),
    count: (tenantId, filter) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<{ count: string }>(
          `select count(*) from activity where ${MATCHES}`,
          valuesOf(tenantId, filter),
        );
        return BigInt(rows[0]?.count ?? 0);
      }),
  };
}

function valuesOf(tenantId: string, { query, type }: ActivityFilter): unknown[] {
  return [tenantId, query, containing(query), type && `"type":${JSON.stringify(type)}`];
}
