import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  type Deployment,
  DeploymentService,
  DeploymentStatus,
} from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import { z } from "zod";
import { isoOf } from "../../contract/timestamp.ts";
import { needs } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { DocumentedRoute } from "../documented-route.ts";
import { succeeded } from "../envelope.ts";
import { numberedPage, PAGE_PARAMETERS, pageSchema, readPageWish } from "../numbered-page.ts";
import { findDispatch } from "./find.ts";
import { deploymentStatus, packageFormat } from "./texts.ts";

const tag = "Deployments";
const updateBody = z.object({ status: z.enum(["active", "suspended"]) });

/** A package in a customer's LMS. */
export const deploymentData = z.object({
  id: z.string(),
  dispatchId: z.string(),
  lmsDomain: z.string(),
  lmsCourseId: z.string(),
  lmsProduct: z.string(),
  format: z.string(),
  launcherVersion: z.string(),
  status: z.string().describe(`One of ${deploymentStatus.names.join(", ")}.`),
  firstLaunchAt: z.string().nullable(),
  lastActivityAt: z.string().nullable(),
  launches: z.int(),
  uniqueLearners: z.int(),
  unacknowledgedResults: z.int(),
});

export function toDeploymentData(deployment: Deployment): z.output<typeof deploymentData> {
  return {
    id: deployment.id,
    dispatchId: deployment.dispatchId,
    lmsDomain: deployment.lmsDomain,
    lmsCourseId: deployment.lmsCourseId,
    lmsProduct: deployment.lmsProduct,
    format: packageFormat.textOf(deployment.format),
    launcherVersion: deployment.launcherVersion,
    status: deploymentStatus.textOf(deployment.status),
    firstLaunchAt: isoOf(deployment.firstLaunchTime) ?? null,
    lastActivityAt: isoOf(deployment.lastActivityTime) ?? null,
    launches: Number(deployment.launchCount),
    uniqueLearners: Number(deployment.uniqueLearnerCount),
    unacknowledgedResults: Number(deployment.unacknowledgedCount),
  };
}

/** Places where a package was imported. */
export function deploymentRoutes(clients: Clients): readonly DocumentedRoute[] {
  const service = clients.of(DeploymentService);
  return [
    {
      ...{ method: "GET", path: "/dispatch/dispatches/:id/deployments", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "listDeployments", summary: "Lists where a dispatch runs", tag, status: 200 },
      parameters: PAGE_PARAMETERS,
      gives: z.object({ deployments: z.array(deploymentData), ...pageSchema.shape }),
      codes: ["DISPATCH_NOT_FOUND"],
      async operation({ params, query }) {
        const { id } = await findDispatch(clients, params.id);
        const { rows, paging } = await numberedPage(readPageWish(query), async (page) => {
          const read = await service.listDeployments({ dispatchId: id, page });
          return {
            rows: read.deployments,
            nextPageToken: read.page?.nextPageToken ?? "",
            total: Number(read.page?.total ?? 0n),
          };
        });
        return { status: 200, body: succeeded({ deployments: rows.map(toDeploymentData), ...paging }) };
      },
    },
    {
      ...{ method: "PATCH", path: "/dispatch/deployments/:id", access: needs(Permission.DISPATCH_WRITE) },
      ...{
        operationId: "updateDeployment",
        summary: "Suspends a deployment, or lets it launch again",
        tag,
        status: 200,
      },
      takes: updateBody,
      gives: deploymentData,
      codes: ["DEPLOYMENT_NOT_FOUND"],
      async operation({ params, body }) {
        const { status } = readBody(updateBody, body);
        const { deployment } = await service.updateDeployment({
          deployment: {
            id: params.id ?? "",
            status: status === "active" ? DeploymentStatus.ACTIVE : DeploymentStatus.SUSPENDED,
          },
          updateMask: { paths: ["status"] },
        });
        return { status: 200, body: succeeded(deployment ? toDeploymentData(deployment) : null) };
      },
    },
  ];
}
