import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type RetentionRule,
  RetentionRuleSchema,
  type RetentionRun,
  RetentionRunSchema,
} from "@coursemesh/proto/coursemesh/lrs/v1/retention_rule_pb.ts";
import { filterOf } from "../pipe/pipe.mapper.ts";
import type { RetentionRuleRow, RetentionRunRow } from "./retention-rule.repository.ts";

export function toRetentionRule(row: RetentionRuleRow): RetentionRule {
  const filter = filterOf(row.filter);
  return create(RetentionRuleSchema, {
    id: row.id,
    name: row.name,
    ...(filter && { filter }),
    keepDays: row.keep_days,
    enabled: row.enabled,
    ...(row.last_run_at && { lastRunTime: timestampFromDate(row.last_run_at) }),
    createTime: timestampFromDate(row.created_at),
    updateTime: timestampFromDate(row.updated_at),
    etag: etagOf(row),
  });
}

export function toRetentionRun(row: RetentionRunRow): RetentionRun {
  return create(RetentionRunSchema, {
    id: row.id,
    retentionRuleId: row.retention_rule_id,
    startTime: timestampFromDate(row.started_at),
    ...(row.ended_at && { endTime: timestampFromDate(row.ended_at) }),
    removedCount: BigInt(row.removed_count),
    error: row.error,
  });
}

export function etagOf({ version }: Pick<RetentionRuleRow, "version">): string {
  return String(version);
}
