import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { etagMismatch, fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import {
  CreateRetentionRuleRequestSchema,
  type RetentionRuleService,
} from "@coursemesh/proto/coursemesh/lrs/v1/retention_rule_pb.ts";
import type { StatementFilter } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type pg from "pg";
import { filterBytes } from "../pipe/pipe.mapper.ts";
import { timestampOfPosition } from "../statement/position.ts";
import { previewRetention } from "./preview-retention.ts";
import { retentionQuery } from "./retention-query.ts";
import { etagOf, toRetentionRule, toRetentionRun } from "./retention-rule.mapper.ts";
import type { RetentionRuleRepository } from "./retention-rule.repository.ts";

/** What the RPCs of rules need. */
export interface RetentionRpcDeps {
  readonly rules: RetentionRuleRepository;
  readonly pool: () => pg.Pool;
  readonly now: () => Date;
}

const FIELDS = ["name", "filter", "keep_days", "enabled"] as const;

/** RetentionRuleService. */
export function retentionRuleRpc({ rules, pool, now }: RetentionRpcDeps): ServiceImpl<typeof RetentionRuleService> {
  /** A filter as it is kept. @throws QUERY_INVALID */
  const checked = (filter: StatementFilter | undefined): Buffer => {
    retentionQuery(filter, 1, now());
    return filterBytes(filter);
  };
  return {
    async createRetentionRule(request, context) {
      const { retentionRule: rule, requestId } = request;
      if (rule === undefined) throw fieldInvalid("retention_rule", "is required");
      const hash = requestHash(CreateRetentionRuleRequestSchema, request);
      const at = now();
      const row = await rules.insert({
        id: uuidV7(at.getTime()),
        tenant_id: organizationOf(context),
        name: rule.name,
        filter: checked(rule.filter),
        keep_days: rule.keepDays,
        enabled: rule.enabled,
        last_run_at: null,
        request_id: requestId,
        request_hash: hash,
        version: 1,
        created_at: at,
        updated_at: at,
      });
      if (row.request_hash !== hash) throw requestIdReused(requestId);
      return { retentionRule: toRetentionRule(row) };
    },

    async getRetentionRule({ id }, context) {
      return { retentionRule: toRetentionRule(await rules.require(organizationOf(context), id)) };
    },

    async listRetentionRules({ page }, context) {
      const tenantId = organizationOf(context);
      const list = `retention rules of ${tenantId}`;
      const start = readPageRequest(page, list);
      const found = await rules.list(tenantId, start);
      const { rows, nextPageToken } = cutPage(found, start, list, ({ name, id }) => [name, id]);
      const total = page?.withTotal ? { total: await rules.count(tenantId) } : {};
      return { retentionRules: rows.map(toRetentionRule), page: { nextPageToken, ...total } };
    },

    async updateRetentionRule({ retentionRule: rule, updateMask }, context) {
      if (rule === undefined) throw fieldInvalid("retention_rule", "is required");
      const fields = readUpdateMask(updateMask, FIELDS);
      if (fields.has("name") && rule.name === "") throw fieldInvalid("retention_rule.name", "must not be empty");
      if (fields.has("keep_days") && rule.keepDays === 0)
        throw fieldInvalid("retention_rule.keep_days", "must be a day at least");
      const filter = fields.has("filter") ? checked(rule.filter) : undefined;
      const row = await rules.change(organizationOf(context), rule.id, now(), (found) => {
        if (rule.etag !== "" && rule.etag !== etagOf(found)) throw etagMismatch(etagOf(found));
        return {
          ...(fields.has("name") && { name: rule.name }),
          ...(filter && { filter }),
          ...(fields.has("keep_days") && { keep_days: rule.keepDays }),
          ...(fields.has("enabled") && { enabled: rule.enabled }),
        };
      });
      return { retentionRule: toRetentionRule(row) };
    },

    async deleteRetentionRule({ id }, context) {
      await rules.remove(organizationOf(context), id);
      return {};
    },

    async previewRetentionRule({ retentionRule: rule }, context) {
      if (!rule?.keepDays) throw fieldInvalid("retention_rule.keep_days", "must be a day at least");
      const query = retentionQuery(rule.filter, rule.keepDays, now());
      const preview = await previewRetention(pool(), organizationOf(context), query);
      return {
        statementCount: BigInt(preview.count),
        attachmentBytes: preview.attachmentBytes,
        ...(preview.oldest !== undefined && { oldestStored: timestampOfPosition(preview.oldest) }),
        ...(preview.newest !== undefined && { newestStored: timestampOfPosition(preview.newest) }),
        examples: [...preview.examples],
      };
    },

    async listRetentionRuns({ page, retentionRuleId }, context) {
      const tenantId = organizationOf(context);
      const list = `retention runs of ${tenantId} ${retentionRuleId}`;
      const start = readPageRequest(page, list);
      const found = await rules.runs(tenantId, retentionRuleId, start);
      const { rows, nextPageToken } = cutPage(found, start, list, ({ id }) => [id]);
      const total = page?.withTotal ? { total: await rules.countRuns(tenantId, retentionRuleId) } : {};
      return { retentionRuns: rows.map(toRetentionRun), page: { nextPageToken, ...total } };
    },
  };
}
