import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { AttachmentService } from "@coursemesh/proto/coursemesh/lrs/v1/attachment_pb.ts";
import { StatementService } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { StatementViewService } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { XAPI_PREFIX } from "../../xapi/xapi-server.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toStatementFilter } from "./statement-filter.mapper.ts";
import { registrationOf } from "./statement-registration.ts";
import { toStatementRow } from "./statement-row.mapper.ts";

/** A tail ends after this, so that who lost access in the meantime does not go on reading. */
const TAIL_MS = 5 * 60 * 1000;

/** Where other systems reach the Experience API. */
export const xapiEndpoint = (publicUrl: string): string => `${publicUrl}${XAPI_PREFIX}`;

/** Statement pages. */
export function statementView(deps: ViewDeps): ServiceImpl<typeof StatementViewService> {
  const { clients, publicUrl } = deps;
  const statements = clients.of(StatementService);

  /** Whether voided or not, which callers of the store have to know. */
  const find = async (id: string) => {
    try {
      return await statements.getStatement({ by: { case: "statementId", value: id } });
    } catch (error) {
      if (ConnectError.from(error).code !== Code.NotFound) throw error;
      return statements.getStatement({ by: { case: "voidedStatementId", value: id } });
    }
  };

  return {
    async listStatements({ filter, ascending, pageSize, moreToken }) {
      const answer = await statements.queryStatements({
        filter: toStatementFilter(filter),
        ascending,
        limit: pageSize,
        moreToken,
      });
      return {
        statements: answer.statements.map(toStatementRow),
        moreToken: answer.moreToken,
        consistentThrough: millisOf(answer.consistentThrough),
        endpoint: xapiEndpoint(publicUrl),
      };
    },

    async getStatement({ id }) {
      const { statement } = await find(id);
      if (statement === undefined) return {};
      const row = toStatementRow(statement);
      const registration = await registrationOf(deps, row.json ?? "{}");
      return { statement: row, ...(registration && { registration }) };
    },

    async *tailStatements({ filter, resumeToken }, context) {
      const enough = AbortSignal.timeout(TAIL_MS);
      const signal = AbortSignal.any([context.signal, enough]);
      try {
        const wanted = { filter: toStatementFilter(filter), resumeToken };
        for await (const answer of statements.tailStatements(wanted, { signal }))
          yield { statements: answer.statements.map(toStatementRow), resumeToken: answer.resumeToken };
      } catch (error) {
        if (!enough.aborted) throw error;
      }
    },

    async *downloadAttachment({ sha2 }, { signal }) {
      for await (const { part } of clients.of(AttachmentService).downloadAttachment({ sha2 }, { signal }))
        if (part.case === "header") yield { contentType: part.value.contentType };
        else if (part.case === "chunk") yield { chunk: part.value };
    },

    async voidStatement({ requestId, id, note }) {
      return statements
        .voidStatement({ requestId: requestId || uuidV7(), statementId: id, note })
        .then(({ voidingStatementId }) => ({ voidingStatementId }));
    },
  };
}
