import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { QueryStatementsRequest, StatementFormat } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { attachmentsOf } from "./attachments-of.ts";
import { consistentThrough } from "./consistent-through.ts";
import { inWalk } from "./in-walk.ts";
import type { Reader } from "./own-statements.ts";
import { timestampOfPosition } from "./position.ts";
import { readFilter } from "./read-filter.ts";
import { walkStatements } from "./read-statements.ts";
import type { StatementDeps } from "./statement-deps.ts";
import { behind, type Condition, type StatementQuery } from "./statement-query.ts";
import { writeOut } from "./write-out.ts";

/** Everything that the next page needs to know; what a `more` token carries. */
interface Page {
  readonly query: StatementQuery;
  readonly limit: number;
  readonly format: StatementFormat;
  readonly language: string;
  readonly attachments: boolean;
}

/** Statements of a page when the request does not say. */
const DEFAULT_LIMIT = 100;

/** Reads one page of a query. @throws QUERY_INVALID, MORE_TOKEN_INVALID */
export async function queryStatements(
  deps: StatementDeps,
  caller: Caller,
  { tenantId, own }: Reader,
  request: QueryStatementsRequest,
) {
  const page = request.moreToken === "" ? pageOf(request) : (deps.more.open(caller, request.moreToken) as Page);
  const query = narrowed(page.query, own);
  // First: what is visible then is visible to the query.
  const through = await consistentThrough(deps.pool(), tenantId);
  const { statements, next } = await inWalk(deps.pool(), tenantId, async (client) => {
    const rows = await walkStatements(client, tenantId, query, page.limit + 1);
    const kept = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? kept.at(-1) : undefined;
    return {
      statements: await writeOut(client, tenantId, kept, page),
      next: last && behind(page.query, Number(last.position)),
    };
  });
  return {
    statements,
    attachments: page.attachments ? await attachmentsOf(deps.attachments, tenantId, statements) : [],
    moreToken: next ? deps.more.seal(caller, { ...page, query: next } satisfies Page) : "",
    consistentThrough: timestampOfPosition(through),
  };
}

function pageOf(request: QueryStatementsRequest): Page {
  return {
    query: readFilter(request.filter, request.ascending),
    limit: request.limit || DEFAULT_LIMIT,
    format: request.format,
    language: request.acceptLanguage,
    attachments: request.withAttachments,
  };
}

/** The query for one who reads only one authority's statements. */
function narrowed(query: StatementQuery, own: Condition["authority"]): StatementQuery {
  return own === undefined ? query : { ...query, conditions: [...query.conditions, { keys: [], authority: own }] };
}
