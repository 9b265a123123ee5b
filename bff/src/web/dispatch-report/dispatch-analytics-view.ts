import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import {
  type DayRangeSchema,
  type DeploymentFigures,
  DispatchAnalyticsService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type {
  DispatchAnalyticsViewService,
  DispatchRankRowSchema,
  GetDispatchFiguresResponseSchema,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toDayView, toFiguresView } from "./figures.mapper.ts";

type Range = MessageInitShape<typeof DayRangeSchema>;
type Answer = MessageInitShape<typeof GetDispatchFiguresResponseSchema>;

/** Figures of dispatches. */
export function dispatchAnalyticsView({ clients }: ViewDeps): ServiceImpl<typeof DispatchAnalyticsViewService> {
  return {
    getDispatchFigures: ({ firstDay, lastDay, timeZone, dispatchId, destinationId }) => {
      const range = { firstDay, lastDay, timeZone };
      return dispatchId === "" ? figuresOfAll(clients, range, destinationId) : figuresOfOne(clients, range, dispatchId);
    },
  };
}

async function figuresOfOne(clients: Clients, range: Range, dispatchId: string): Promise<Answer> {
  const [found, { dispatch }] = await Promise.all([
    clients.of(DispatchAnalyticsService).getDispatchAnalytics({ dispatchId, range }),
    clients.of(DispatchService).getDispatch({ by: { case: "id", value: dispatchId } }),
  ]);
  return {
    ...(found.summary && { summary: toFiguresView(found.summary) }),
    days: found.timeline.map(toDayView),
    deployments: found.deployments.flatMap(toPlaceRank),
    unacknowledgedCount: dispatch?.summary?.unacknowledgedCount ?? -1n,
    asOf: millisOf(found.asOf),
    subject: dispatch?.name ?? "",
  };
}

async function figuresOfAll(clients: Clients, range: Range, destinationId: string): Promise<Answer> {
  const by = { case: "id", value: destinationId } as const;
  const [found, about] = await Promise.all([
    clients.of(DispatchAnalyticsService).getDispatchOverview({ range, destinationId }),
    destinationId === "" ? undefined : clients.of(DestinationService).getDestination({ by }),
  ]);
  return {
    ...(found.summary && { summary: toFiguresView(found.summary) }),
    days: found.timeline.map(toDayView),
    deployments: found.deployments.flatMap(toPlaceRank),
    dispatches: found.dispatches.map(({ dispatchId, name, destinationName, figures }) => ({
      id: dispatchId,
      name,
      detail: destinationName,
      ...(figures && { figures: toFiguresView(figures) }),
    })),
    unacknowledgedCount: found.unacknowledgedCount,
    asOf: millisOf(found.asOf),
    subject: about?.destination?.name ?? "",
  };
}

function toPlaceRank({
  deployment,
  figures,
}: DeploymentFigures): readonly MessageInitShape<typeof DispatchRankRowSchema>[] {
  if (deployment === undefined) return [];
  const { id, lmsDomain, lmsProduct, lmsCourseId } = deployment;
  const detail = lmsCourseId || lmsProduct;
  return [{ id, name: lmsDomain, detail, ...(figures && { figures: toFiguresView(figures) }) }];
}
