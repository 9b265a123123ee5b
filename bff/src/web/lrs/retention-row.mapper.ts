import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  RetentionRule,
  RetentionRuleSchema,
  RetentionRun,
} from "@coursemesh/proto/coursemesh/lrs/v1/retention_rule_pb.ts";
import type {
  RetentionRuleDraft,
  RetentionRuleRowSchema,
  RetentionRunRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/retention_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { toFilterView, toStatementFilter } from "../statement/statement-filter.mapper.ts";

export function toRuleRow(rule: RetentionRule): MessageInitShape<typeof RetentionRuleRowSchema> {
  const { id, name, keepDays, enabled, lastRunTime, etag } = rule;
  const filter = toFilterView(rule.filter);
  const draft = { name, keepDays, enabled, ...(filter && { filter }) };
  return { id, draft, lastRunTime: millisOf(lastRunTime), etag };
}

export function toRunRow(run: RetentionRun): MessageInitShape<typeof RetentionRunRowSchema> {
  const { id, retentionRuleId, startTime, endTime, removedCount, error } = run;
  return {
    id,
    ruleId: retentionRuleId,
    startTime: millisOf(startTime),
    endTime: millisOf(endTime),
    removedCount,
    error,
  };
}

/** What a person entered, as the store wants it. */
export function toRule(draft: RetentionRuleDraft | undefined): MessageInitShape<typeof RetentionRuleSchema> {
  if (draft === undefined) return {};
  const { name, keepDays, enabled, filter } = draft;
  return { name, keepDays, enabled, filter: toStatementFilter(filter) };
}
