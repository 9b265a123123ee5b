import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { DeploymentService, DeploymentStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import { ExternalSessionService } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { ReceiptService } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import {
  type DeploymentViewService,
  ResultViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import type { ViewDeps } from "../view-deps.ts";
import { valuesOfTexts } from "../webhook/value-of-text.ts";
import { toDeploymentRow } from "./deployment-row.mapper.ts";
import { toOurResult } from "./result.mapper.ts";
import { subjectNames } from "./subject-names.ts";
import { toldLaunches } from "./told-launches.ts";

const DEPLOYMENTS = 25;
/** Calls that the newest launches are read from. */
const RECEIPTS = 200;
const TROUBLES: Readonly<Record<string, object>> = {
  "": {},
  mismatch: { withUnacknowledged: true },
  refused: { withRefused: true },
  old_launcher: { withOutdatedLauncher: true },
};

/** Pages of deployments. */
export function deploymentView({ clients }: ViewDeps): ServiceImpl<typeof DeploymentViewService> {
  const deployments = clients.of(DeploymentService);
  return {
    async listDeployments({ query, dispatchId, destinationId, status, trouble, pageToken }) {
      const wanted = TROUBLES[trouble];
      if (wanted === undefined) throw fieldInvalid("trouble", `“${trouble}” is none of the choices`);
      const answer = await deployments.listDeployments({
        query: query.trim(),
        dispatchId,
        destinationId,
        statuses: valuesOfTexts(DeploymentStatus, status === "" ? [] : [status], "status"),
        ...wanted,
        page: { pageSize: DEPLOYMENTS, pageToken, withTotal: true },
      });
      const names = await subjectNames(clients, answer.deployments);
      return {
        deployments: answer.deployments.map((deployment) => toDeploymentRow(deployment, names)),
        nextPageToken: answer.page?.nextPageToken ?? "",
        total: answer.page?.total ?? 0n,
      };
    },

    async getDeployment({ id }) {
      const [{ deployment }, { entries }] = await Promise.all([
        deployments.getDeployment({ id }),
        clients.of(ReceiptService).listReceipts({ deploymentId: id, page: { pageSize: RECEIPTS } }),
      ]);
      if (deployment === undefined) return {};
      const launches = toldLaunches(entries);
      const [names, { externalSessions }] = await Promise.all([
        subjectNames(clients, [deployment]),
        clients.of(ExternalSessionService).listExternalSessions({ deploymentId: id, page: { pageSize: RECEIPTS } }),
      ]);
      const sessions = new Map(externalSessions.map((session) => [session.id, session]));
      return {
        deployment: toDeploymentRow(deployment, names),
        launches: launches.map((launch) => {
          const session = sessions.get(launch.sessionId ?? "");
          launch.learner = session?.learnerName || session?.learnerId || "";
          if (session?.result) launch.ours = create(ResultViewSchema, toOurResult(session.result));
          return launch;
        }),
      };
    },

    async setDeploymentSuspended({ id, suspended }) {
      const status = suspended ? DeploymentStatus.SUSPENDED : DeploymentStatus.ACTIVE;
      await deployments.updateDeployment({ deployment: { id, status }, updateMask: { paths: ["status"] } });
      return {};
    },

    async setDeploymentNotes({ id, notes, etag }) {
      await deployments.updateDeployment({ deployment: { id, notes, etag }, updateMask: { paths: ["notes"] } });
      return {};
    },
  };
}
