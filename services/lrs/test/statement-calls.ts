import { randomUUID } from "node:crypto";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  type AttachmentSchema,
  type QueryStatementsRequestSchema,
  type QueryStatementsResponse,
  type Statement,
  StatementService,
  XapiVersion,
} from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { type LrsHarness, owner } from "./lrs-harness.ts";

/** A statement as clients write it. */
export type Json = Record<string, unknown>;

export const agent = (name: string): Json => ({ mbox: `mailto:${name}@example.org` });
export const iri = (name: string): string => `http://example.org/${name}`;
export const ref = (id: string): Json => ({ objectType: "StatementRef", id });
export const VOIDED = "http://adlnet.gov/expapi/verbs/voided";

/** A statement of Ann's about course 1, unless said otherwise. */
export const statement = (more: Json = {}): Json => ({
  id: randomUUID(),
  actor: agent("ann"),
  verb: { id: iri("verbs/experienced") },
  object: { id: iri("courses/1") },
  ...more,
});

/** Calls of the statement service as one caller. */
export function statementCalls({ mesh }: LrsHarness, caller: Caller = owner) {
  const service = mesh.clients.of(StatementService);
  const store = async (
    statements: readonly Json[],
    more: {
      readonly version?: XapiVersion;
      readonly attachments?: MessageInitShape<typeof AttachmentSchema>[];
    } = {},
  ) =>
    as(caller, () =>
      service.storeStatements({
        version: XapiVersion.V1_0_3,
        ...more,
        statements: statements.map((it) => ({ json: Buffer.from(JSON.stringify(it)) })),
      }),
    );
  const query = (request: MessageInitShape<typeof QueryStatementsRequestSchema> = {}) =>
    as(caller, () => service.queryStatements(request));
  return {
    service,
    store,
    query,
    /** Ids of the first page. */
    find: async (filter: MessageInitShape<typeof QueryStatementsRequestSchema>["filter"] = {}, ascending = true) =>
      idsOf(await query({ filter, ascending, limit: 500 })),
    get: (statementId: string) =>
      as(caller, () => service.getStatement({ by: { case: "statementId", value: statementId } })),
    getVoided: (id: string) => as(caller, () => service.getStatement({ by: { case: "voidedStatementId", value: id } })),
    /** All pages, one after the other. */
    async pages(request: MessageInitShape<typeof QueryStatementsRequestSchema>): Promise<QueryStatementsResponse[]> {
      const pages = [await query(request)];
      for (let token = pages[0]?.moreToken; token; token = pages.at(-1)?.moreToken)
        pages.push(await query({ moreToken: token }));
      return pages;
    },
  };
}

export type StatementCalls = ReturnType<typeof statementCalls>;

export const idsOf = ({ statements }: { readonly statements: readonly Statement[] }): string[] =>
  statements.map(({ id }) => id);

export const jsonOf = (stored: Statement | undefined): Json => JSON.parse(Buffer.from(stored?.json ?? []).toString());
