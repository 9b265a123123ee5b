import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { ActivityService } from "@coursemesh/proto/coursemesh/lrs/v1/activity_pb.ts";
import { toActivity, unknownActivity } from "./activity.mapper.ts";
import type { ActivityRepository } from "./activity.repository.ts";

/** ActivityService. */
export function activityRpc(activities: ActivityRepository): ServiceImpl<typeof ActivityService> {
  return {
    async getActivity({ activityId }, context) {
      const row = await activities.find(organizationOf(context), activityId);
      return { activity: row ? toActivity(row, "") : unknownActivity(activityId) };
    },
    async listActivities({ page, query, type, acceptLanguage }, context) {
      const tenantId = organizationOf(context);
      const list = JSON.stringify([tenantId, "activities", query, type]);
      const start = readPageRequest(page, list);
      const filter = { query, type };
      const found = await activities.list(tenantId, filter, start);
      const { rows, nextPageToken } = cutPage(found, start, list, (row) => [row.iri]);
      const total = page?.withTotal ? { total: await activities.count(tenantId, filter) } : {};
      return { activities: rows.map((row) => toActivity(row, acceptLanguage)), page: { nextPageToken, ...total } };
    },
  };
}
