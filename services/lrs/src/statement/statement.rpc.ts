import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { StatementService } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { prepareBatch } from "../ingest/prepare-batch.ts";
import { consistentThrough } from "./consistent-through.ts";
import { getStatement } from "./get-statement.ts";
import { readerOf } from "./own-statements.ts";
import { timestampOfPosition } from "./position.ts";
import { queryStatements } from "./query-statements.ts";
import type { StatementDeps } from "./statement-deps.ts";
import { summarizeStatements } from "./summarize-statements.ts";
import { tailStatements } from "./tail-statements.ts";
import { voidStatement } from "./void-statement.ts";

/** StatementService. */
export function statementRpc(deps: StatementDeps): ServiceImpl<typeof StatementService> {
  return {
    async storeStatements(request, context) {
      organizationOf(context);
      const caller = callerOf(context);
      const batch = await prepareBatch(caller, request, {
        attachments: deps.attachments,
        authority: await deps.authorityOf(caller),
        admit: (verbs) => deps.limits.admit(caller, verbs),
      });
      const ids = batch.statements.map(({ id }) => id);
      if (ids.length === 0) return { ids };
      const { position, known } = await deps.queue.store(batch);
      return { ids, known, stored: timestampOfPosition(position) };
    },
    async getStatement(request, context) {
      return getStatement(deps, await readerOf(deps, context), request);
    },
    async queryStatements(request, context) {
      return queryStatements(deps, callerOf(context), await readerOf(deps, context), request);
    },
    async voidStatement(request, context) {
      organizationOf(context);
      return { voidingStatementId: await voidStatement(deps, callerOf(context), request) };
    },
    async getConsistentThrough(_, context) {
      const position = await consistentThrough(deps.pool(), organizationOf(context));
      return { consistentThrough: timestampOfPosition(position) };
    },
    async *tailStatements(request, context) {
      yield* tailStatements(deps, callerOf(context), await readerOf(deps, context), request, context.signal);
    },
    async summarizeStatements(request, context) {
      return summarizeStatements(deps.pool(), organizationOf(context), request);
    },
  };
}
