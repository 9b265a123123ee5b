import type { MessageInitShape } from "@bufbuild/protobuf";
import { DeploymentService, DeploymentStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { type Dispatch, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import {
  Acknowledgement,
  ExternalSessionService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { GetDispatchResponseSchema } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toDispatchDraft, toDispatchRow } from "./dispatch-row.mapper.ts";
import { toBrandingView } from "./look.mapper.ts";
import { toPackageRow } from "./package-row.mapper.ts";
import { readRefusals } from "./read-refusals.ts";

/** Deployments and packages that the page of a dispatch shows. */
const PLACES = 50;
const PACKAGES = 20;

/** The page of one dispatch; parts whose service fails are left out. @throws DISPATCH_NOT_FOUND */
export async function dispatchPage(
  deps: ViewDeps,
  id: string,
): Promise<MessageInitShape<typeof GetDispatchResponseSchema>> {
  const { clients, logger } = deps;
  const { dispatch } = await clients.of(DispatchService).getDispatch({ by: { case: "id", value: id } });
  if (dispatch === undefined) return {};
  const part = <T>(name: string, reading: Promise<T>) => optionalPart(name, reading, logger);
  const [destination, versions, places, packages, refusals, accepted, refused] = await Promise.all([
    part("its destination", readDestination(deps, dispatch.destinationId)),
    readVersions(deps, dispatch),
    part(
      "its deployments",
      clients.of(DeploymentService).listDeployments({ dispatchId: id, page: { pageSize: PLACES } }),
    ),
    part("its packages", clients.of(PackageService).listPackages({ dispatchId: id, page: { pageSize: PACKAGES } })),
    part("its refusals", readRefusals(clients, id)),
    part("results that were accepted", countSessions(deps, id, Acknowledgement.ACCEPTED)),
    part("results that were refused", countSessions(deps, id, Acknowledgement.REFUSED)),
  ]);
  const deployments = places?.deployments ?? [];
  const branding = dispatch.branding ?? destination?.branding;
  return {
    dispatch: toDispatchRow(dispatch, { found: versions.found, destinationName: destination?.name ?? "" }),
    draft: toDispatchDraft(dispatch),
    versions: versions.uses,
    deployments: deployments.map((deployment) => ({
      id: deployment.id,
      lmsDomain: deployment.lmsDomain,
      lmsProduct: deployment.lmsProduct,
      status: textOfEnum(DeploymentStatus, deployment.status),
      launchCount: deployment.launchCount,
      lastActivityTime: millisOf(deployment.lastActivityTime),
      suspectedDuplicateCount: deployment.suspectedDuplicateCount,
    })),
    packages: (packages?.packages ?? []).map(toPackageRow),
    ...refusals,
    ...(branding && { shownBranding: toBrandingView(branding) }),
    acceptedCount: accepted ?? 0n,
    refusedCount: refused ?? 0n,
    suspectedDuplicateCount: deployments.reduce((sum, place) => sum + place.suspectedDuplicateCount, 0),
    destinationEnabled: destination?.enabled ?? true,
    courseVersionNumber: versions.current,
  };
}

async function readDestination({ clients }: ViewDeps, value: string) {
  return (await clients.of(DestinationService).getDestination({ by: { case: "id", value } })).destination;
}

/** Which version is given out, and who is in which. */
async function readVersions({ directory }: ViewDeps, { courseId, pinnedCourseVersionId, summary }: Dispatch) {
  const used = Object.entries(summary?.registrationsByCourseVersion ?? {});
  const pinned = { courseId, courseVersionId: pinnedCourseVersionId };
  const find = await directory.find([pinned, ...used.map(([courseVersionId]) => ({ courseId, courseVersionId }))]);
  const found = find(pinned);
  return {
    found,
    current: found.course?.currentVersion?.number ?? 0,
    uses: used
      .map(([courseVersionId, registrations]) => ({
        number: find({ courseId, courseVersionId }).versionNumber,
        registrations,
      }))
      .sort((one, other) => other.number - one.number),
  };
}

async function countSessions({ clients }: ViewDeps, dispatchId: string, acknowledgement: Acknowledgement) {
  const { page } = await clients.of(ExternalSessionService).listExternalSessions({
    dispatchId,
    acknowledgements: [acknowledgement],
    page: { pageSize: 1, withTotal: true },
  });
  return page?.total ?? 0n;
}
