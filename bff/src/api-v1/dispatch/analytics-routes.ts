import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { DispatchAnalyticsService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import { z } from "zod";
import { isoOf } from "../../contract/timestamp.ts";
import { needs } from "../../http/guarded-route.ts";
import type { DocumentedRoute } from "../documented-route.ts";
import { succeeded } from "../envelope.ts";
import { deploymentData, toDeploymentData } from "./deployment-routes.ts";
import { figuresSchema, PERIOD_PARAMETERS, readPeriod, toFigures } from "./figures.ts";
import { findDestination, findDispatch } from "./find.ts";

const tag = "Analytics";
const timeline = z.array(z.object({ day: z.string(), ...figuresSchema.shape }));
const asOf = z.string().nullable();

/** Figures by day, for one dispatch or all. */
export function analyticsRoutes(clients: Clients, now: () => Date = () => new Date()): readonly DocumentedRoute[] {
  const service = clients.of(DispatchAnalyticsService);
  return [
    {
      ...{ method: "GET", path: "/dispatch/dispatches/:id/analytics", access: needs(Permission.DISPATCH_READ) },
      ...{
        operationId: "getDispatchAnalytics",
        summary: "Timeline, deployments and summary of a dispatch",
        tag,
        status: 200,
      },
      parameters: PERIOD_PARAMETERS,
      gives: z.object({
        summary: figuresSchema,
        timeline,
        deployments: z.array(z.object({ ...deploymentData.shape, figures: figuresSchema })),
        asOf,
      }),
      codes: ["DISPATCH_NOT_FOUND"],
      async operation({ params, query }) {
        const range = readPeriod(query, now());
        const { id } = await findDispatch(clients, params.id);
        const found = await service.getDispatchAnalytics({ dispatchId: id, range });
        const data = {
          summary: toFigures(found.summary),
          timeline: found.timeline.map(({ day, figures }) => ({ day, ...toFigures(figures) })),
          deployments: found.deployments.flatMap(({ deployment, figures }) =>
            deployment ? [{ ...toDeploymentData(deployment), figures: toFigures(figures) }] : [],
          ),
          asOf: isoOf(found.asOf) ?? null,
        };
        return { status: 200, body: succeeded(data) };
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/analytics", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "getDispatchOverview", summary: "Figures over all dispatches", tag, status: 200 },
      parameters: { ...PERIOD_PARAMETERS, destinationId: "Only of this destination." },
      gives: z.object({
        summary: figuresSchema,
        timeline,
        dispatches: z.int(),
        active: z.int(),
        expired: z.int(),
        limitReached: z.int(),
        activeDeployments: z.int(),
        unacknowledgedResults: z.int(),
        packages: z.object({
          generated: z.int(),
          failed: z.int(),
          averageGenerationMs: z.number().nullable(),
          downloads: z.int(),
          failedDownloads: z.int(),
          callbacks: z.int(),
          failedCallbacks: z.int(),
        }),
        asOf,
      }),
      codes: ["DESTINATION_NOT_FOUND"],
      async operation({ query }) {
        const range = readPeriod(query, now());
        const destination = query.text("destinationId");
        const destinationId = destination === undefined ? "" : (await findDestination(clients, destination)).id;
        const found = await service.getDispatchOverview({ range, destinationId });
        const data = {
          summary: toFigures(found.summary),
          timeline: found.timeline.map(({ day, figures }) => ({ day, ...toFigures(figures) })),
          dispatches: found.dispatchCount,
          active: found.activeCount,
          expired: found.expiredCount,
          limitReached: found.limitReachedCount,
          activeDeployments: found.activeDeploymentCount,
          unacknowledgedResults: Number(found.unacknowledgedCount),
          packages: {
            generated: Number(found.packages?.generated ?? 0n),
            failed: Number(found.packages?.failed ?? 0n),
            averageGenerationMs: found.packages?.averageGenerationMs ?? null,
            downloads: Number(found.packages?.downloads ?? 0n),
            failedDownloads: Number(found.packages?.failedDownloads ?? 0n),
            callbacks: Number(found.packages?.callbacks ?? 0n),
            failedCallbacks: Number(found.packages?.failedCallbacks ?? 0n),
          },
          asOf: isoOf(found.asOf) ?? null,
        };
        return { status: 200, body: succeeded(data) };
      },
    },
  ];
}
