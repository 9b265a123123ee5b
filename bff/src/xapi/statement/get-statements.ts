import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { StatementFormat, StatementService } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { httpDate } from "../request/exact-time.ts";
import type { XapiAnswer, XapiOperation, XapiRequest } from "../request/xapi-request.ts";
import { requestRefused } from "../xapi-errors.ts";
import type { AnswerStatements } from "./answer-statements.ts";
import { readFilter } from "./statement-filter.ts";

/** All parameters of GET statements. */
export const STATEMENT_PARAMETERS = [
  "statementId",
  "voidedStatementId",
  "agent",
  "verb",
  "activity",
  "registration",
  "related_activities",
  "related_agents",
  "since",
  "until",
  "limit",
  "format",
  "attachments",
  "ascending",
] as const;

/** Most statements of one answer, by the contract. A larger limit is no error, the server's counts. */
const MAX_LIMIT = 500;
/** What may stand beside an id. */
const BESIDE_ID = new Set(["attachments", "format"]);

const FORMATS = {
  exact: StatementFormat.EXACT,
  ids: StatementFormat.IDS,
  canonical: StatementFormat.CANONICAL,
} as const;

/** GET statements: one by its id, or those that pass the filters. */
export function getStatements(clients: Clients, answer: AnswerStatements): XapiOperation {
  const statements = clients.of(StatementService);

  const getOne = async (request: XapiRequest, name: "statementId" | "voidedStatementId"): Promise<XapiAnswer> => {
    const { parameters } = request;
    const other = parameters.names.find((it) => it !== name && !BESIDE_ID.has(it));
    if (other !== undefined)
      throw requestRefused(
        name === "statementId" ? "XAPI-00151" : "XAPI-00150",
        other,
        `beside ${name} only attachments and format are allowed`,
      );
    const id = parameters.uuid(name) ?? "";
    const found = await statements.getStatement({
      by: { case: name, value: id },
      ...presentation(request),
    });
    const stored = found.statement?.stored;
    return answer.one(request, found, stored ? { "last-modified": httpDate(stored) } : {});
  };

  return async (request) => {
    const { parameters } = request;
    const names = new Set(parameters.names);
    if (names.has("statementId")) return getOne(request, "statementId");
    if (names.has("voidedStatementId")) return getOne(request, "voidedStatementId");
    const page = await statements.queryStatements({
      filter: readFilter(parameters),
      limit: Math.min(parameters.count("limit"), MAX_LIMIT),
      ascending: parameters.flag("ascending"),
      ...presentation(request),
    });
    return answer.page(request, page);
  };
}

/** GET more: the next page of a query, which its token carries. */
export function getMoreStatements(clients: Clients, answer: AnswerStatements): XapiOperation {
  const statements = clients.of(StatementService);
  return async (request) =>
    answer.page(
      request,
      await statements.queryStatements({
        moreToken: request.parameters.required("token", "XAPI-00108"),
        withAttachments: request.parameters.flag("attachments"),
        acceptLanguage: request.header("accept-language") ?? "",
        version: request.version,
      }),
    );
}

function presentation(request: XapiRequest) {
  const { parameters, version } = request;
  return {
    format: FORMATS[parameters.choice("format", ["exact", "ids", "canonical"], "exact")],
    withAttachments: parameters.flag("attachments"),
    acceptLanguage: request.header("accept-language") ?? "",
    version,
  };
}
