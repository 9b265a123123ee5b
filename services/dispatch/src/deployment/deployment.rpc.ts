import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { etagMismatch, fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import {
  type Deployment,
  type DeploymentService,
  DeploymentStatus,
} from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import { DeploymentUpdatedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { readLauncher } from "../package/launcher-files.ts";
import { listFingerprint } from "../search/list-fingerprint.ts";
import {
  countDeployments,
  deploymentKeys,
  type FullDeployment,
  listDeployments,
  requireDeployment,
} from "./deployment.repository.ts";
import { toDeployment } from "./deployment-row.ts";
import { deploymentSearchText } from "./find-deployment.ts";

const FIELDS = ["status", "notes", "lms_course_id"] as const;
type Field = (typeof FIELDS)[number];

/** DeploymentService. */
export function deploymentRpc({ pool, now, config }: DispatchParts): ServiceImpl<typeof DeploymentService> {
  /** Empty where the launcher was not built: then nothing is called outdated. */
  const launcherVersion = () =>
    readLauncher(config.LAUNCHER_DIR).then(
      ({ version }) => version,
      () => "",
    );
  return {
    async getDeployment({ id }, context) {
      const tenantId = organizationOf(context);
      const launcher = await launcherVersion();
      return inTenant(pool(), tenantId, async (client) => ({
        deployment: toDeployment(await requireDeployment(client, tenantId, id), now(), launcher),
      }));
    },

    async listDeployments(request, context) {
      const tenantId = organizationOf(context);
      const { page } = request;
      const list = listFingerprint("deployments", tenantId, request);
      const start = readPageRequest(page, list);
      const at = { now: now(), launcherVersion: await launcherVersion() };
      return inTenant(pool(), tenantId, async (client) => {
        const found = await listDeployments(client, tenantId, request, start, at);
        const { rows, nextPageToken } = cutPage(found, start, list, deploymentKeys);
        const total = page?.withTotal ? { total: await countDeployments(client, tenantId, request, at) } : {};
        return {
          deployments: rows.map((row) => toDeployment(row, at.now, at.launcherVersion)),
          page: { nextPageToken, ...total },
        };
      });
    },

    updateDeployment({ deployment, updateMask }, context) {
      if (deployment === undefined) throw fieldInvalid("deployment", "is required");
      const tenantId = organizationOf(context);
      const fields = readUpdateMask(updateMask, FIELDS);
      return inTenant(pool(), tenantId, async (client) => {
        const before = await requireDeployment(client, tenantId, deployment.id, true);
        if (deployment.etag !== "" && deployment.etag !== String(before.version))
          throw etagMismatch(String(before.version));
        await change(client, before, deployment, fields);
        const changed = toDeployment(await requireDeployment(client, tenantId, before.id), now());
        const event = create(DeploymentUpdatedSchema, { deployment: changed });
        await announce(client, tenantId, DeploymentUpdatedSchema, event);
        return { deployment: changed };
      });
    },
  };
}

async function change(
  client: pg.ClientBase,
  before: FullDeployment,
  wanted: Deployment,
  fields: ReadonlySet<Field>,
): Promise<void> {
  const suspended = fields.has("status") ? isSuspension(wanted.status) : before.suspended;
  const notes = fields.has("notes") ? wanted.notes : before.notes;
  const lmsCourseId = fields.has("lms_course_id") ? wanted.lmsCourseId.trim() : before.lms_course_id;
  const taken = await client.query(
    "select from deployment where dispatch_id = $1 and lms_domain = $2 and lms_course_id = $3 and id <> $4",
    [before.dispatch_id, before.lms_domain, lmsCourseId, before.id],
  );
  if (taken.rowCount) throw fieldInvalid("deployment.lms_course_id", "another deployment has it");
  await client.query(
    "update deployment set suspended = $2, notes = $3, lms_course_id = $4, search_text = $5, version = version + 1 where id = $1",
    [
      before.id,
      suspended,
      notes,
      lmsCourseId,
      deploymentSearchText(before.lms_domain, lmsCourseId, before.lms_product),
    ],
  );
}

/** That a deployment has expired follows from its dispatch and cannot be said. */
function isSuspension(status: DeploymentStatus): boolean {
  if (status === DeploymentStatus.SUSPENDED) return true;
  if (status === DeploymentStatus.ACTIVE) return false;
  throw fieldInvalid("deployment.status", "must be active or suspended");
}
