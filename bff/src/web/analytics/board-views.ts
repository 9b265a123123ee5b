import type { ServiceImpl } from "@connectrpc/connect";
import { LiveService } from "@coursemesh/proto/coursemesh/analytics/v1/live_pb.ts";
import { OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import type { AnalyticsViewService } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { ViewDeps } from "../view-deps.ts";
import { readBoardQuestion, toReportFilter } from "./board-question.ts";
import { toFiguresView } from "./figures.mapper.ts";
import { readCourses, readPoints, readSummary } from "./read-board.ts";

/** A stream ends after this, so that who lost access in the meantime does not go on reading. */
const WATCH_MS = 5 * 60 * 1000;

/** Boards of everybody: reach, completion, and today as it happens. */
export function boardViews({
  clients,
}: ViewDeps): Pick<ServiceImpl<typeof AnalyticsViewService>, "getReach" | "getCompletion" | "watchToday"> {
  return {
    async getReach({ question }) {
      const asked = readBoardQuestion(question);
      const [{ summary, overview }, points, engagement] = await Promise.all([
        readSummary(clients, asked),
        readPoints(clients, asked),
        clients.of(OverviewService).getEngagement({ period: asked.period, filter: asked.filter }),
      ]);
      return {
        summary,
        ...points,
        launchesByHour: engagement.launchesByHour,
        newLearners: engagement.points.map(({ newLearners }) => newLearners),
        openSessionCount: overview.openSessionCount,
      };
    },

    async getCompletion({ question }) {
      const asked = readBoardQuestion(question);
      const [{ summary }, points, courses] = await Promise.all([
        readSummary(clients, asked),
        readPoints(clients, asked),
        readCourses(clients, asked),
      ]);
      return { summary, ...points, courses };
    },

    async *watchToday({ filter, timeZone }, context) {
      const enough = AbortSignal.timeout(WATCH_MS);
      const signal = AbortSignal.any([context.signal, enough]);
      try {
        const wanted = { filter: toReportFilter(filter), timeZone };
        for await (const answer of clients.of(LiveService).streamOverview(wanted, { signal }))
          yield {
            today: toFiguresView(answer.today),
            openSessionCount: answer.openSessionCount,
            launchesByMinute: answer.launchesByMinute,
            asOf: millisOf(answer.freshness?.asOf),
          };
      } catch (error) {
        if (!enough.aborted) throw error;
      }
    },
  };
}
