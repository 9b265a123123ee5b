import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { HostFactsSchema, HostLearnerSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { requireCourse } from "../dispatch/course-of.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { bridgeUrl } from "./admission.ts";
import { openExchange } from "./admit.ts";
import { findDispatch } from "./dispatch-facts.ts";
import { codeOf, exchangeOfRequest } from "./exchange-row.ts";
import { exchangeKinds, type LaunchRequest } from "./launch-request.ts";
import { storedLearner } from "./learner-facts.ts";
import { beginSession } from "./open-session.ts";

/**
 * Starts a launch for trying a dispatch out: as a learner would see it, under no terms, counted nowhere, and played by the runtime as a
 * preview, which keeps nothing.
 * @throws COURSE_NOT_FOUND, REQUEST_ID_REUSED
 */
export async function openTestLaunch(
  parts: DispatchParts,
  order: { readonly tenantId: string; readonly dispatchId: string; readonly requestId: string },
): Promise<{ readonly url: string; readonly expireTime: Date }> {
  const { tenantId, dispatchId, requestId } = order;
  const now = parts.now();
  const dispatch = await findDispatch(parts.pool(), dispatchId);
  if (dispatch.tenant_id !== tenantId) throw errors.dispatchNotFound({ id: dispatchId });
  const course = await requireCourse(parts.clients, tenantId, dispatch.course_id);
  const versionId = dispatch.pinned_course_version_id ?? course.currentVersion?.id;
  if (versionId === undefined) throw errors.courseNotFound({ id: course.id });
  const current = await parts.keys.current(tenantId);
  const learner = create(HostLearnerSchema, { id: `test ${requestId}`, name: "Test" });
  const request: LaunchRequest = {
    requestId,
    requestHash: "test",
    kind: exchangeKinds.test,
    dispatchId,
    package: undefined,
    host: undefined,
    parentOrigin: "",
    facts: create(HostFactsSchema),
    learner,
    instanceToken: "",
    freshEntry: true,
    aicc: undefined,
    returnUrl: "",
  };
  const exchange = await inTenant(parts.pool(), tenantId, async (client) => {
    const known = await exchangeOfRequest(client, dispatchId, requestId);
    if (known) return known;
    const place = { tenantId, destinationId: dispatch.destination_id, destination: "" };
    const stored = storedLearner(parts.learnerKey, place, learner, { hashLearner: false, tracked: true });
    const owner = { ...place, dispatchId, deploymentId: null, learnerKey: stored.key };
    const session = await beginSession(client, { ...owner, learner: stored, aicc: undefined, test: true }, now);
    await client.query("update external_session set course_version_id = $2 where id = $1", [session.id, versionId]);
    return openExchange(client, session, request, current, false, now);
  });
  if (exchange.kind !== exchangeKinds.test) throw requestIdReused(requestId);
  const key = await parts.keys.byId(exchange.signing_key_id);
  if (key === undefined) throw errors.exchangeInvalid();
  const url = `${bridgeUrl(parts.config, dispatchId)}#${codeOf(key, exchange.id)}`;
  return { url, expireTime: exchange.expires_at };
}
