import type { StatementFilter } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { readFilter } from "../statement/read-filter.ts";
import type { StatementQuery } from "../statement/statement-query.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a rule removes now: all of its filter that was stored so many days ago or earlier. @throws QUERY_INVALID */
export function retentionQuery(filter: StatementFilter | undefined, keepDays: number, now: Date): StatementQuery {
  const { conditions } = readFilter(filter, true);
  return { conditions, after: undefined, upTo: (now.getTime() - keepDays * DAY_MS) * 1000, ascending: true };
}
