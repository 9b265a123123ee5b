import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { StatementFilter, StatementFilterSchema } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type {
  StatementFilterView,
  StatementFilterViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";

/** The store's filter; an absent one lets everything through. */
export function toStatementFilter(
  view: StatementFilterView | undefined,
): MessageInitShape<typeof StatementFilterSchema> {
  if (view === undefined) return {};
  const { agentJson, verb, activity, registration, relatedActivities, relatedAgents, since, until } = view;
  return {
    agentJson,
    verb,
    activity,
    registration,
    relatedActivities,
    relatedAgents,
    ...(since > 0n && { since: timestampFromMs(Number(since)) }),
    ...(until > 0n && { until: timestampFromMs(Number(until)) }),
  };
}

/** How pages are told a filter. */
export function toFilterView(
  filter: StatementFilter | undefined,
): MessageInitShape<typeof StatementFilterViewSchema> | undefined {
  if (filter === undefined) return undefined;
  const { agentJson, verb, activity, registration, relatedActivities, relatedAgents, since, until } = filter;
  return {
    agentJson,
    verb,
    activity,
    registration,
    relatedActivities,
    relatedAgents,
    since: millisOf(since),
    until: millisOf(until),
  };
}
