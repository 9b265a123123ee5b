import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { Statement } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { StatementFormat } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type pg from "pg";
import type { Position } from "../statement/position.ts";
import { readAnyStatements, voidedWhere } from "../statement/read-any-statements.ts";
import { driverOf, statementsSql } from "../statement/read-statements.ts";
import type { StatementQuery } from "../statement/statement-query.ts";
import { writeOut } from "../statement/write-out.ts";

/** What a rule would remove. */
export interface RetentionPreview {
  readonly count: number;
  /** Of attachments that these statements name. */
  readonly attachmentBytes: bigint;
  readonly oldest: Position | undefined;
  readonly newest: Position | undefined;
  readonly examples: readonly Statement[];
}

const EXAMPLES = 20;

/** Counts the statements of a query, void ones included, with the first of them as examples. */
export function previewRetention(pool: pg.Pool, tenantId: string, query: StatementQuery): Promise<RetentionPreview> {
  return inTenant(pool, tenantId, async (client) => {
    const values: unknown[] = [tenantId];
    const columns = "s.position, s.attachments";
    const valid = statementsSql(await driverOf(client, tenantId, query), query, columns, values);
    const all = `${valid} union all select ${columns} from statement s where ${voidedWhere(query, values)}`;
    const { rows } = await client.query<{ count: number; oldest: string | null; newest: string | null; bytes: string }>(
      `with found as (${all})
       select count(*)::int as count, min(position) as oldest, max(position) as newest, (
         select coalesce(sum(a.size_bytes), 0) from attachment a where a.tenant_id = $1
           and a.sha2 in (select unnest(f.attachments) from found f where f.attachments <> '{}')
       ) as bytes from found`,
      values,
    );
    const examples = await readAnyStatements(client, tenantId, query, EXAMPLES);
    const [row] = rows;
    return {
      count: row?.count ?? 0,
      attachmentBytes: BigInt(row?.bytes ?? 0),
      oldest: row?.oldest == null ? undefined : Number(row.oldest),
      newest: row?.newest == null ? undefined : Number(row.newest),
      examples: await writeOut(client, tenantId, examples, { format: StatementFormat.EXACT, language: "" }),
    };
  });
}
