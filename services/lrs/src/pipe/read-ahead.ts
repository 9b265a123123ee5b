import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { StatementFilter } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type pg from "pg";
import { consistentThrough } from "../statement/consistent-through.ts";
import type { Position } from "../statement/position.ts";
import { readFilter } from "../statement/read-filter.ts";
import type { Condition } from "../statement/statement-query.ts";
import { exactText, STATEMENT_COLUMNS, type StatementRow } from "../statement/statement-row.ts";

/** A statement on its way out. */
export interface OutgoingStatement {
  readonly id: string;
  readonly position: Position;
  /** As it is stored. */
  readonly json: string;
  /** SHA-2 of attachments whose content is here. */
  readonly attachments: readonly string[];
}

/** What comes behind a cursor. */
export interface ReadAhead {
  /** In order; voided ones too, because what voids them goes out as well. */
  readonly statements: readonly OutgoingStatement[];
  /** Where the cursor stands when these are done: nothing that is wanted lies between. */
  readonly through: Position;
  /** Whether there is nothing more for now. */
  readonly end: boolean;
}

/** Statements that are looked at in one step, so that a filter which lets little through keeps no query busy for long. */
const WINDOW = 5_000;
/** Bytes after which a batch takes no further statement. */
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Reads the next statements of a filter. Only up to the position that everything is visible to, so that no statement which is still being
 * stored is passed over.
 */
export async function readAhead(
  pool: pg.Pool,
  tenantId: string,
  filter: StatementFilter | undefined,
  cursor: Position,
  limit: number,
): Promise<ReadAhead> {
  const consistent = await consistentThrough(pool, tenantId);
  const { conditions, after = cursor } = readFilter(filter, true);
  const begin = Math.max(cursor, after);
  if (consistent <= begin) return { statements: [], through: cursor, end: true };
  return inTenant(pool, tenantId, async (client) => {
    const { last, scanned, wanted } = await scan(client, tenantId, conditions, begin, consistent, WINDOW, limit);
    const { rows } = await client.query<StatementRow>(
      `select ${STATEMENT_COLUMNS} from (
         select *, sum(octet_length(raw)) over (order by position) - octet_length(raw) as bytes_before
         from statement where tenant_id = $1 and position = any($2::bigint[])
       ) s where bytes_before < ${BATCH_BYTES} order by s.position`,
      [tenantId, wanted],
    );
    const statements = rows.map(toOutgoing);
    const full = statements.length === limit || statements.length < wanted.length;
    const through = full ? (statements.at(-1)?.position ?? begin) : scanned === WINDOW ? last : consistent;
    return { statements, through, end: !full && scanned < WINDOW };
  });
}

/** Statements by their ids, those that are still there. */
export function readByIds(pool: pg.Pool, tenantId: string, ids: readonly string[]): Promise<OutgoingStatement[]> {
  return inTenant(pool, tenantId, async (client) => {
    const { rows } = await client.query<StatementRow>(
      `select ${STATEMENT_COLUMNS} from statement s where s.tenant_id = $1 and s.id = any($2::uuid[]) order by s.position`,
      [tenantId, ids],
    );
    return rows.map(toOutgoing);
  });
}

/** How many statements of a filter lie behind a cursor, among the next ten thousand. */
export function countAhead(
  client: pg.ClientBase,
  tenantId: string,
  filter: StatementFilter | undefined,
  cursor: Position,
): Promise<number> {
  const { conditions, after = cursor } = readFilter(filter, true);
  const begin = Math.max(cursor, after);
  return scan(client, tenantId, conditions, begin, Number.MAX_SAFE_INTEGER, 2 * WINDOW, 2 * WINDOW).then(
    ({ wanted }) => wanted.length,
  );
}

async function scan(
  client: pg.ClientBase,
  tenantId: string,
  conditions: readonly Condition[],
  begin: Position,
  upTo: Position,
  window: number,
  limit: number,
): Promise<{ last: Position; scanned: number; wanted: string[] }> {
  const values: unknown[] = [tenantId, begin, upTo, window, limit];
  const holds = conditions.map(({ keys, authority }) => {
    values.push(`{${keys.join(",")}}`, authority ?? null);
    return `(keys && $${values.length - 1}::bigint[] or authority = $${values.length}::bigint)`;
  });
  const { rows } = await client.query<{ last: string | null; scanned: number; wanted: string[] | null }>(
    `with seen as (
       select position, ${holds.join(" and ") || "true"} as wanted from statement
       where tenant_id = $1 and position > $2 and position <= $3 order by position limit $4
     )
     select max(position) as last, count(*)::int as scanned,
       (array_agg(position order by position) filter (where wanted))[1:$5] as wanted from seen`,
    values,
  );
  return { last: Number(rows[0]?.last ?? begin), scanned: rows[0]?.scanned ?? 0, wanted: rows[0]?.wanted ?? [] };
}

function toOutgoing(row: StatementRow): OutgoingStatement {
  return { id: row.id, position: Number(row.position), json: exactText(row), attachments: row.attachments };
}
