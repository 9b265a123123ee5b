import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import {
  ExportFormat,
  type ExportService,
  type ExportStatementsRequest,
} from "@coursemesh/proto/coursemesh/lrs/v1/export_pb.ts";
import type pg from "pg";
import { consistentThrough } from "../statement/consistent-through.ts";
import type { TokenSeal } from "../statement/more-token.ts";
import { readFilter } from "../statement/read-filter.ts";
import type { StatementQuery } from "../statement/statement-query.ts";
import { exactText, type StatementRow } from "../statement/statement-row.ts";
import { csvLines } from "./csv-lines.ts";
import { exportPages } from "./export-pages.ts";

/** What exporting needs. */
export interface ExportDeps {
  readonly pool: () => pg.Pool;
  readonly resume: TokenSeal;
}

/** Bytes of one message, about. */
const CHUNK_BYTES = 256 * 1024;

/** ExportService. */
export function exportRpc({ pool, resume }: ExportDeps): ServiceImpl<typeof ExportService> {
  return {
    async *exportStatements(request, context) {
      const caller = callerOf(context);
      const tenantId = organizationOf(context);
      const form = formOf(request);
      const begin =
        request.resumeToken === ""
          ? await beginning(pool(), tenantId, request)
          : (resume.open(caller, request.resumeToken) as Begin);
      let { count } = begin;
      let text = request.resumeToken === "" ? form.header : "";
      for await (const { rows, next } of exportPages(pool(), tenantId, begin.query, request.includeVoided)) {
        if (context.signal.aborted) return;
        for (const row of rows) {
          text += form.line(row);
          count += 1;
          if (text.length < CHUNK_BYTES) continue;
          const query = { ...next, after: Number(row.position) };
          yield messageOf(text, count, resume.seal(caller, { query, count } satisfies Begin));
          text = "";
        }
        if (text === "") continue;
        yield messageOf(text, count, resume.seal(caller, { query: next, count } satisfies Begin));
        text = "";
      }
    },
  };
}

/** Where an export goes on; what its tokens carry. */
interface Begin {
  readonly query: StatementQuery;
  /** Statements before. */
  readonly count: number;
}

/** From the beginning to what is visible now: what is stored meanwhile is not in it. @throws QUERY_INVALID */
async function beginning(pool: pg.Pool, tenantId: string, { filter }: ExportStatementsRequest): Promise<Begin> {
  const query = readFilter(filter, true);
  const through = await consistentThrough(pool, tenantId);
  return { query: { ...query, upTo: Math.min(query.upTo ?? through, through) }, count: 0 };
}

function messageOf(text: string, count: number, resumeToken: string) {
  return { chunk: Buffer.from(text), resumeToken, statementCount: BigInt(count) };
}

/** How statements are written. @throws QUERY_INVALID, FIELD_INVALID */
function formOf(request: ExportStatementsRequest): { readonly header: string; line(row: StatementRow): string } {
  if (request.format === ExportFormat.CSV) {
    const { header, line } = csvLines(request.columns, request.timeZone);
    return { header, line: (row) => line(JSON.parse(exactText(row))) };
  }
  // Line breaks can only be between tokens: in a JSON text they are written as \n.
  return { header: "", line: (row) => `${exactText(row).replaceAll(/[\r\n]+/g, " ")}\n` };
}
