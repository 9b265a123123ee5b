import type { HandlerContext } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { agentKey } from "@coursemesh/xapi/agent-key.ts";
import type { StatementDeps } from "./statement-deps.ts";
import { NO_KEY, type StatementKey, statementKey } from "./statement-key.ts";

/** Who reads, and what of the organization's statements. */
export interface Reader {
  readonly tenantId: string;
  /** The only authority whose statements may be read; undefined: all. */
  readonly own: StatementKey | undefined;
}

/** A caller with no more than `statement:readmine` reads what it has stored itself. */
export async function readerOf(deps: Pick<StatementDeps, "authorityOf">, context: HandlerContext): Promise<Reader> {
  const caller = callerOf(context);
  const tenantId = organizationOf(context);
  if (caller.permissions.includes(Permission.STATEMENT_READ)) return { tenantId, own: undefined };
  const identifier = agentKey(await deps.authorityOf(caller));
  return { tenantId, own: identifier === undefined ? NO_KEY : statementKey("authority", identifier) };
}
