import { useMutation, useQuery } from "@connectrpc/connect-query";
import { RetentionViewService } from "@coursemesh/proto/coursemesh/web/v1/retention_view_pb.ts";
import { StatementViewService } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

export function useRetentionRules() {
  return useQuery(RetentionViewService.method.listRetentionRules, {});
}

/** Changes of rules; statements may have gone afterwards. */
export function useChangeRetention() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(RetentionViewService, StatementViewService) };
  const { method } = RetentionViewService;
  return {
    create: useMutation(method.createRetentionRule, options),
    update: useMutation(method.updateRetentionRule, options),
    remove: useMutation(method.deleteRetentionRule, options),
    preview: useMutation(method.previewRetentionRule),
  };
}
