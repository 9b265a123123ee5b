import { setTimeout as sleep } from "node:timers/promises";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { Statement, TailStatementsRequest } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { consistentThrough } from "./consistent-through.ts";
import type { Reader } from "./own-statements.ts";
import type { Position } from "./position.ts";
import { readFilter } from "./read-filter.ts";
import { readStatements } from "./read-statements.ts";
import type { StatementDeps } from "./statement-deps.ts";
import { behind } from "./statement-query.ts";
import { writeOut } from "./write-out.ts";

const POLL_MS = 400;
/** Well below the 15 seconds of the contract. */
const HEARTBEAT_MS = 10_000;
const PAGE = 100;

/**
 * Statements in the order in which they were stored, from a token or from now on, until the caller goes. None is missed: positions become
 * visible in their order, so everything at or before one that was seen has been seen. @throws QUERY_INVALID, MORE_TOKEN_INVALID
 */
export async function* tailStatements(
  deps: StatementDeps,
  caller: Caller,
  { tenantId }: Reader,
  request: TailStatementsRequest,
  signal: AbortSignal,
): AsyncGenerator<{ statements: Statement[]; resumeToken: string }> {
  const { filter, format, acceptLanguage: language, resumeToken } = request;
  const query = readFilter(filter, true);
  const gone = AbortSignal.any([signal, deps.stopping]);
  let position =
    resumeToken === ""
      ? Math.max(await consistentThrough(deps.pool(), tenantId), query.after ?? 0)
      : (deps.resume.open(caller, resumeToken) as Position);
  let said = 0;
  while (!gone.aborted) {
    const through = await consistentThrough(deps.pool(), tenantId);
    const statements = await inTenant(deps.pool(), tenantId, async (client) => {
      const rows = await readStatements(client, tenantId, behind(query, position), PAGE);
      const last = rows.at(-1);
      // A page that is not full has shown all that was visible before it was read.
      position =
        rows.length === PAGE && last ? Number(last.position) : Math.max(through, Number(last?.position ?? 0), position);
      return writeOut(client, tenantId, rows, { format, language });
    });
    if (statements.length > 0 || performance.now() - said > HEARTBEAT_MS || said === 0) {
      yield { statements, resumeToken: deps.resume.seal(caller, position) };
      said = performance.now();
    }
    if (statements.length < PAGE) await sleep(POLL_MS, undefined, { signal: gone }).catch(() => undefined);
  }
}
