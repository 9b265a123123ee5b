import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { GetStatementRequest } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { statementNotFound } from "../errors.ts";
import { attachmentsOf } from "./attachments-of.ts";
import { consistentThrough } from "./consistent-through.ts";
import type { Reader } from "./own-statements.ts";
import { timestampOfPosition } from "./position.ts";
import type { StatementDeps } from "./statement-deps.ts";
import { STATEMENT_COLUMNS, type StatementRow } from "./statement-row.ts";
import { writeOut } from "./write-out.ts";

/** Reads one statement, or one that is void, by its id. @throws STATEMENT_NOT_FOUND */
export async function getStatement(deps: StatementDeps, { tenantId, own }: Reader, request: GetStatementRequest) {
  const { by, format, acceptLanguage: language } = request;
  const id = by.value?.toLowerCase();
  const through = await consistentThrough(deps.pool(), tenantId);
  const found = await inTenant(deps.pool(), tenantId, async (client) => {
    const { rows } = await client.query<StatementRow>(
      `select ${STATEMENT_COLUMNS} from statement s where s.tenant_id = $1 and s.id = $2 and s.voided = $3
         and ($4::bigint is null or s.authority = $4)`,
      [tenantId, id, by.case === "voidedStatementId", own ?? null],
    );
    const [statement] = await writeOut(client, tenantId, rows, { format, language });
    return statement;
  });
  if (found === undefined) throw statementNotFound({ statement_id: id ?? "" });
  return {
    statement: found,
    attachments: request.withAttachments ? await attachmentsOf(deps.attachments, tenantId, [found]) : [],
    consistentThrough: timestampOfPosition(through),
  };
}
