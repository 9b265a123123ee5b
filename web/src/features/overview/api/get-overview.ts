import { useQuery } from "@connectrpc/connect-query";
import { OverviewViewService } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";

/** Everything the overview shows; read again every half minute while the page is in front. */
export function useOverview() {
  return useQuery(OverviewViewService.method.getOverview, {}, { refetchInterval: 30_000 });
}
