import type { ServiceImpl } from "@connectrpc/connect";
import type { AnalyticsViewService } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import type { ViewDeps } from "../view-deps.ts";
import { boardViews } from "./board-views.ts";
import { courseBoards } from "./course-boards.ts";
import { listViews } from "./list-views.ts";
import { reportViews } from "./report-views.ts";

/** Analytics pages. */
export function analyticsView(deps: ViewDeps): ServiceImpl<typeof AnalyticsViewService> {
  return { ...boardViews(deps), ...courseBoards(deps), ...listViews(deps), ...reportViews(deps) };
}
