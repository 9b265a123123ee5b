import { fromBinary } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { AttemptOutcome, DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { DeliveryPolicySchema, PostbackResults } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type pg from "pg";
import type { SendDeps } from "../delivery/deliver-claim.ts";
import { effectivePolicy } from "../delivery/delivery-policy.ts";
import { type OutgoingEvent, openTarget, outgoingRequest, type Target } from "../delivery/outgoing.ts";
import { recordResults } from "../delivery/record.ts";
import { type SentAttempt, send } from "../delivery/send.ts";
import { errors } from "../errors.ts";
import { eventTypeByName, TEST_TYPE } from "../event-type/event-types.ts";
import { exampleOf } from "../event-type/example-of.ts";
import { postbackExample } from "../postback/postback-example.ts";
import { postbackRequest } from "../postback/postback-request.ts";
import { ACTIVE } from "../secret/secret.repository.ts";
import type { EndpointRow } from "./endpoint-row.ts";

/** An example of a type as if it had happened now. @throws EVENT_TYPE_UNKNOWN */
export function exampleEvent(type: string, now: Date): OutgoingEvent & { schema: string } {
  const found = eventTypeByName(type || TEST_TYPE);
  if (found === undefined) throw errors.eventTypeUnknown({ type });
  return {
    eventId: uuidV7(),
    eventType: found.name,
    occurredAt: now.toISOString(),
    data: JSON.stringify(exampleOf(found.schema)),
    subject: {},
    schema: found.schema.typeName,
  };
}

/** Sends an example once, whatever becomes of it, outside every queue. */
export async function sendExample(
  deps: SendDeps,
  target: Target,
  url: string,
  event: OutgoingEvent,
): Promise<SentAttempt> {
  const { kind, policy } = target;
  const signal = AbortSignal.timeout(policy.timeoutMs * 2);
  const options = { timeoutMs: policy.timeoutMs, redirectIsDone: kind.case === "postback", signal };
  if (kind.case !== "postback") {
    return send(deps.egress, await outgoingRequest(deps.clients, target, url, event, new Date()), options);
  }
  // A registration that there is not cannot be read; the example is in the form that receivers get.
  const example = postbackExample(kind.value.results || PostbackResults.COURSE);
  const request = postbackRequest(kind.value, target.password, example);
  return send(deps.egress, { ...request, url, headers: { ...target.headers, ...request.headers } }, options);
}

/** Sends an example to an endpoint and keeps it in the history as a test. Answers the delivery's id. */
export async function testEndpoint(
  pool: pg.Pool,
  deps: SendDeps,
  row: EndpointRow,
  eventType: string,
): Promise<{ deliveryId: string; attempt: SentAttempt }> {
  const event = exampleEvent(eventType, new Date());
  const { config, key } = deps;
  const policy = effectivePolicy(fromBinary(DeliveryPolicySchema, row.policy), config);
  const [deliveryId, owner] = [uuidV7(), uuidV7()];
  const secrets = await inTenant(pool, row.tenant_id, async (client) => {
    await client.query(
      `insert into delivery (id, tenant_id, endpoint_id, event_id, event_position, event_type, registration_id, state, next_attempt_at,
         lease_owner, test_data) values ($1, $2, $3, $4, 0, $5, '', ${DeliveryState.QUEUED}, now() + make_interval(secs => $6), $7, $8)`,
      [
        deliveryId,
        row.tenant_id,
        row.id,
        event.eventId,
        event.eventType,
        (policy.timeoutMs * 2) / 1000 + 60,
        owner,
        event.data,
      ],
    );
    const { rows } = await client.query<{ sealed: string }>(
      `select sealed from secret where endpoint_id = $1 and ${ACTIVE} order by id desc`,
      [row.id],
    );
    return rows.map(({ sealed }) => sealed);
  });
  const claimed = {
    id: row.id,
    tenantId: row.tenant_id,
    url: row.url,
    fallbackUrl: "",
    postback: row.postback,
    settings: row.settings.toString("base64"),
    policy: row.policy.toString("base64"),
    sealedPassword: row.sealed_password,
    sealedHeaders: row.sealed_headers,
    ordered: false,
  };
  const attempt = await sendExample(deps, openTarget(claimed, secrets, key, config), row.url, event);
  const delivered = attempt.outcome === AttemptOutcome.DELIVERED;
  await recordResults(pool, key, [
    {
      id: deliveryId,
      endpointId: row.id,
      lane: owner,
      laneOver: true,
      test: true,
      state: delivered ? DeliveryState.DELIVERED : DeliveryState.FAILED,
      delayMs: 0,
      toFallback: false,
      attempt,
      pauseMs: 0,
      suspendAfterDays: policy.suspendAfterDays,
    },
  ]);
  return { deliveryId, attempt };
}
