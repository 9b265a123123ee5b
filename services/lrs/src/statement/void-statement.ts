import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  StoreStatementsRequestSchema,
  type VoidStatementRequest,
  XapiVersion,
} from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { Statement } from "@coursemesh/xapi/statement.ts";
import { VOIDED } from "@coursemesh/xapi/voiding.ts";
import { statementNotFound, statementNotVoidable } from "../errors.ts";
import { prepareBatch } from "../ingest/prepare-batch.ts";
import type { StatementDeps } from "./statement-deps.ts";

interface TargetRow {
  voiding: boolean;
  voided_by: string | null;
}

/**
 * Voids a statement by a voiding statement in the caller's name, whose id is the request's: asking again stores it once.
 * Answers the id of the statement that voids it. @throws STATEMENT_NOT_FOUND, STATEMENT_NOT_VOIDABLE
 */
export async function voidStatement(
  deps: StatementDeps,
  caller: Caller,
  { requestId, statementId, note }: VoidStatementRequest,
): Promise<string> {
  const tenantId = caller.organizationId;
  const target = statementId.toLowerCase();
  const { rows } = await inTenant(deps.pool(), tenantId, (client) =>
    client.query<TargetRow>(
      `select s.voiding, (select r.source from statement_ref r where r.tenant_id = $1 and r.target = s.id and r.voids limit 1) as voided_by
       from statement s where s.tenant_id = $1 and s.id = $2`,
      [tenantId, target],
    ),
  );
  const [row] = rows;
  if (row === undefined) throw statementNotFound({ statement_id: target });
  if (row.voiding) throw statementNotVoidable({ statement_id: target });
  if (row.voided_by !== null) return row.voided_by;
  const authority = await deps.authorityOf(caller);
  const statement: Statement = {
    actor: authority,
    verb: { id: VOIDED, display: { en: "voided" } },
    object: { objectType: "StatementRef", id: target },
    ...(note === "" ? {} : { result: { response: note } }),
  };
  const request = create(StoreStatementsRequestSchema, {
    statements: [{ json: Buffer.from(JSON.stringify(statement)), id: requestId }],
    version: XapiVersion.V1_0_3,
  });
  const { attachments } = deps;
  const batch = await prepareBatch(caller, request, { attachments, authority, admit: async () => undefined });
  const { known } = await deps.queue.store({ ...batch, same: refusesOthers(batch.same, requestId) });
  return known > 0 ? requestId.toLowerCase() : (batch.statements[0]?.id ?? "");
}

/** The id of a voiding statement is the request's, so another statement under it is a request that used it for something else. */
function refusesOthers<Args extends unknown[]>(same: (...args: Args) => boolean, requestId: string) {
  return (...args: Args): boolean => {
    if (!same(...args)) throw requestIdReused(requestId);
    return true;
  };
}
