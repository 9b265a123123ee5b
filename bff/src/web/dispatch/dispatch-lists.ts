import type { ServiceImpl } from "@connectrpc/connect";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { DestinationOrder, DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DispatchAnalyticsService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import {
  DispatchOrder,
  DispatchService,
  DispatchStatus,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type { DispatchViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { courseChoices } from "../event/course-choices.ts";
import type { ViewDeps } from "../view-deps.ts";
import { valuesOfTexts } from "../webhook/value-of-text.ts";
import { nameDispatches } from "./name-dispatches.ts";

const ROWS = 50;
/** Destinations and versions to choose from. */
const CHOICES = 500;
const DASHBOARD_DAYS = 30;
const DAY_MS = 24 * 3_600_000;

const ORDERS: Readonly<Record<string, DispatchOrder>> = {
  last_launch: DispatchOrder.LAST_LAUNCH_DESC,
  name: DispatchOrder.NAME_ASC,
  created: DispatchOrder.CREATE_TIME_DESC,
};

type Lists = "getDispatchDashboard" | "listDispatches" | "listDispatchChoices" | "listPinnableVersions";

/** What the dispatch pages list and choose from. */
export function dispatchLists(deps: ViewDeps): Pick<ServiceImpl<typeof DispatchViewService>, Lists> {
  const { clients } = deps;
  return {
    async getDispatchDashboard() {
      const now = Date.now();
      const day = (time: number) => new Date(time).toISOString().slice(0, 10);
      const range = { firstDay: day(now - (DASHBOARD_DAYS - 1) * DAY_MS), lastDay: day(now) };
      const found = await clients.of(DispatchAnalyticsService).getDispatchOverview({ range });
      const { dispatchCount, activeCount, activeDeploymentCount, unacknowledgedCount, summary } = found;
      return {
        ...{ dispatchCount, activeCount, activeDeploymentCount, unacknowledgedCount },
        launches: summary?.launches ?? 0n,
        learners: summary?.uniqueLearners ?? 0n,
        downloads: summary?.downloads ?? 0n,
        refusals: summary?.refusals ?? 0n,
        asOfTime: millisOf(found.asOf),
      };
    },

    async listDispatches({ query, statuses, courseId, destinationId, tag, order, pageToken }) {
      const { dispatches, page } = await clients.of(DispatchService).listDispatches({
        ...{ query, courseId, destinationId },
        statuses: valuesOfTexts(DispatchStatus, statuses, "statuses"),
        tags: tag === "" ? [] : [tag],
        order: ORDERS[order] ?? DispatchOrder.UPDATE_TIME_DESC,
        page: { pageSize: ROWS, pageToken, withTotal: true },
      });
      return {
        dispatches: await nameDispatches(deps, dispatches),
        nextPageToken: page?.nextPageToken ?? "",
        total: page?.total ?? 0n,
      };
    },

    async listDispatchChoices() {
      const [courses, listed] = await Promise.all([
        courseChoices(deps),
        clients
          .of(DestinationService)
          .listDestinations({ order: DestinationOrder.NAME_ASC, page: { pageSize: CHOICES } }),
      ]);
      return { courses, destinations: listed.destinations.map(({ id, name }) => ({ id, name })) };
    },

    async listPinnableVersions({ courseId }) {
      const { courseVersions } = await clients
        .of(CourseVersionService)
        .listCourseVersions({ courseId, page: { pageSize: CHOICES } });
      return {
        versions: courseVersions.map(({ id, number, current, createTime }) => ({
          ...{ id, number, current },
          createTime: millisOf(createTime),
        })),
      };
    },
  };
}
