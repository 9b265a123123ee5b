import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { DispatchRefusedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { type RefusalPage, RefusalPageSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import type { RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import { effectiveBranding } from "../dispatch/effective-look.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import type { RefusedLaunch } from "./admit.ts";
import { type DispatchFacts, destinationLook } from "./dispatch-facts.ts";
import { languageOf } from "./host-facts.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { refusalText } from "./refusal-texts.ts";

/** Records and announces a refusal, and says it in words. A repeat of the request is recorded once. */
export async function refuseLaunch(
  parts: DispatchParts,
  { dispatch, reason, deploymentId, learner }: RefusedLaunch,
  request: LaunchRequest,
): Promise<RefusalPage> {
  const { tenant_id: tenantId, destination_id: destinationId, id: dispatchId } = dispatch;
  const now = parts.now();
  const id = uuidV7();
  const domain = request.host ?? "";
  const learnerId = request.learner.id.trim() === "" || !dispatch.tracking_enabled ? "" : learner.id;
  await inTenant(parts.pool(), tenantId, async (client) => {
    const { rowCount } = await client.query(
      `insert into refusal (id, tenant_id, dispatch_id, destination_id, deployment_id, reason, learner_id, origin, request_id, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (dispatch_id, request_id) do nothing`,
      [id, tenantId, dispatchId, destinationId, deploymentId, reason, learnerId, domain, request.requestId, now],
    );
    if (!rowCount) return;
    const refusal = {
      id,
      dispatchId,
      deploymentId: deploymentId ?? "",
      reason,
      learnerId,
      domain,
      time: timestampFromDate(now),
    };
    await announce(client, tenantId, DispatchRefusedSchema, create(DispatchRefusedSchema, { refusal }));
  });
  return refusalPage(dispatch, reason, languageOf(request.learner));
}

/** Why the same request was refused after a time; undefined: it was not. */
export async function refusedBefore(
  client: pg.ClientBase,
  dispatchId: string,
  requestId: string,
  since: Date,
): Promise<RefusalReason | undefined> {
  const { rows } = await client.query<{ reason: RefusalReason }>(
    "select reason from refusal where dispatch_id = $1 and request_id = $2 and created_at > $3",
    [dispatchId, requestId, since],
  );
  return rows[0]?.reason;
}

/** What the learner sees. */
export function refusalPage(dispatch: DispatchFacts, reason: RefusalReason, language: "en" | "de"): RefusalPage {
  const branding = effectiveBranding(dispatch, destinationLook(dispatch));
  return create(RefusalPageSchema, { reason, ...refusalText(reason, language), branding });
}
