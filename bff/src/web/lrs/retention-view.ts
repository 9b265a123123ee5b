import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { type RetentionRule, RetentionRuleService } from "@coursemesh/proto/coursemesh/lrs/v1/retention_rule_pb.ts";
import type { RetentionViewService } from "@coursemesh/proto/coursemesh/web/v1/retention_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { toStatementRow } from "../statement/statement-row.mapper.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toRule, toRuleRow, toRunRow } from "./retention-row.mapper.ts";

/** Rules and runs a page shows. */
const RULES = 200;
const RUNS = 50;

/** All that a draft has. */
const DRAFT_FIELDS = ["name", "filter", "keep_days", "enabled"];

/** The page of retention rules. */
export function retentionView({ clients }: ViewDeps): ServiceImpl<typeof RetentionViewService> {
  const rules = clients.of(RetentionRuleService);
  const rowOf = (rule: RetentionRule | undefined) => (rule ? { rule: toRuleRow(rule) } : {});

  return {
    async listRetentionRules() {
      const [found, runs] = await Promise.all([
        rules.listRetentionRules({ page: { pageSize: RULES } }),
        rules.listRetentionRuns({ page: { pageSize: RUNS } }),
      ]);
      return { rules: found.retentionRules.map(toRuleRow), runs: runs.retentionRuns.map(toRunRow) };
    },

    async previewRetentionRule({ draft }) {
      const preview = await rules.previewRetentionRule({ retentionRule: toRule(draft) });
      return {
        statementCount: preview.statementCount,
        attachmentBytes: preview.attachmentBytes,
        oldestStored: millisOf(preview.oldestStored),
        newestStored: millisOf(preview.newestStored),
        examples: preview.examples.map(toStatementRow),
      };
    },

    async createRetentionRule({ requestId, draft }) {
      const retentionRule = toRule(draft);
      return rowOf(
        (await rules.createRetentionRule({ requestId: requestId || uuidV7(), retentionRule })).retentionRule,
      );
    },

    async updateRetentionRule({ id, etag, draft }) {
      const retentionRule = { ...toRule(draft), id, etag };
      return rowOf(
        (await rules.updateRetentionRule({ retentionRule, updateMask: { paths: DRAFT_FIELDS } })).retentionRule,
      );
    },

    async deleteRetentionRule({ id }) {
      await rules.deleteRetentionRule({ id });
      return {};
    },
  };
}
