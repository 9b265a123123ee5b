import { create } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { etagMismatch, fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { announce } from "@coursemesh/platform/events/outbox.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  CreateEndpointRequestSchema,
  DeliveryPolicySchema,
  type Endpoint,
  EndpointSchema,
  type EndpointService,
  EndpointStatus,
  WebhookSettingsSchema,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import {
  EndpointCreatedSchema,
  EndpointDeletedSchema,
  EndpointUpdatedSchema,
} from "@coursemesh/proto/coursemesh/webhook/v1/events_pb.ts";
import type pg from "pg";
import type { SendDeps } from "../delivery/deliver-claim.ts";
import { effectivePolicy } from "../delivery/delivery-policy.ts";
import { type DeliveryRow, SELECT_DELIVERIES, toAttempt, toDelivery } from "../delivery/delivery-row.ts";
import { errors } from "../errors.ts";
import { insertSecret } from "../secret/secret.repository.ts";
import { generateSecret } from "../secret/webhook-secret.ts";
import {
  countOwnEndpoints,
  endpointOfRequest,
  listEndpoints,
  removeEndpoint,
  requireEndpoint,
  saveEndpoint,
} from "./endpoint.repository.ts";
import { checkedAddress, endpointColumns, isSigned } from "./endpoint-change.ts";
import { healthOf, summariesOf } from "./endpoint-figures.ts";
import { type EndpointRow, toEndpoint } from "./endpoint-row.ts";
import { sealHeaders } from "./sealed-headers.ts";
import { switchEndpoint } from "./switch-endpoint.ts";
import { syncOwnedEndpoints } from "./sync-owned-endpoints.ts";
import { exampleEvent, sendExample, testEndpoint } from "./test-endpoint.ts";
import { testLimit } from "./test-limit.ts";
import { applyChange, readEndpointMask } from "./update-endpoint.ts";

/** Steps of an endpoint's health. */
const STEPS = 48;
const DAY_MS = 24 * 60 * 60 * 1000;

/** EndpointService. */
export function endpointRpc(pool: () => pg.Pool, deps: SendDeps): ServiceImpl<typeof EndpointService> {
  const { key, egress, config } = deps;
  const limitTests = testLimit();
  const seen = async (client: pg.ClientBase, row: EndpointRow): Promise<Endpoint> =>
    toEndpoint(row, key, (await summariesOf(client, row.tenant_id, [row.id])).get(row.id));

  return {
    async createEndpoint(request, context) {
      const { endpoint, secret: given, requestId } = request;
      if (endpoint === undefined) throw fieldInvalid("endpoint", "is required");
      const tenantId = organizationOf(context);
      // The hash leaves no trace of secrets.
      const plain = {
        ...endpoint,
        headers: {},
        ...(endpoint.kind.case === "postback" && {
          kind: { ...endpoint.kind, value: { ...endpoint.kind.value, password: "" } },
        }),
      };
      const hash = requestHash(CreateEndpointRequestSchema, { ...request, endpoint: plain }, ["secret"]);
      const known = await inTenant(pool(), tenantId, (client) => endpointOfRequest(client, tenantId, requestId));
      if (known) {
        if (known.request_hash !== hash) throw requestIdReused(requestId);
        return { endpoint: toEndpoint(known, key) };
      }
      const url = await checkedAddress(egress, endpoint.url);
      const now = new Date();
      const row: EndpointRow = {
        id: uuidV7(),
        tenant_id: tenantId,
        ...endpointColumns(endpoint, url, key),
        status: EndpointStatus.ACTIVE,
        status_reason: "",
        owner_kind: null,
        owner_id: null,
        fallback_url: "",
        request_id: requestId,
        request_hash: hash,
        version: 1,
        created_at: now,
        updated_at: now,
      };
      const secret = isSigned(endpoint.kind) ? given || generateSecret() : "";
      return inTenant(pool(), tenantId, async (client) => {
        await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`coursemesh.webhook:${tenantId}`]);
        const raced = await endpointOfRequest(client, tenantId, requestId);
        if (raced) return { endpoint: toEndpoint(raced, key) };
        if ((await countOwnEndpoints(client, tenantId)) >= config.ENDPOINT_LIMIT) {
          throw errors.endpointLimitReached({ limit: String(config.ENDPOINT_LIMIT) });
        }
        await saveEndpoint(client, row);
        if (secret !== "") await insertSecret(client, key, tenantId, row.id, secret);
        const event = create(EndpointCreatedSchema, { endpoint: toEndpoint(row, key) });
        await announce(client, tenantId, EndpointCreatedSchema, event);
        return { endpoint: await seen(client, row), secret };
      });
    },

    getEndpoint({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => ({
        endpoint: await seen(client, await requireEndpoint(client, tenantId, id)),
      }));
    },

    async listEndpoints({ page, query, statuses, eventType, withOwned }, context) {
      const tenantId = organizationOf(context);
      const list = JSON.stringify(["endpoints", tenantId, query, statuses, eventType, withOwned]);
      const start = readPageRequest(page, list);
      const wanted = { text: query, statuses, eventType, withOwned };
      const { rows: found, count } = await listEndpoints(pool(), tenantId, wanted, start);
      const { rows, nextPageToken } = cutPage(found, start, list, (row) => [row.name, row.id]);
      const ids = rows.map(({ id }) => id);
      const summaries = await inTenant(pool(), tenantId, (client) => summariesOf(client, tenantId, ids));
      const total = page?.withTotal ? { total: BigInt(await count()) } : {};
      return {
        endpoints: rows.map((row) => toEndpoint(row, key, summaries.get(row.id))),
        page: { nextPageToken, ...total },
      };
    },

    async updateEndpoint({ endpoint, updateMask }, context) {
      if (endpoint === undefined) throw fieldInvalid("endpoint", "is required");
      const tenantId = organizationOf(context);
      const fields = readEndpointMask(updateMask);
      const url = fields.has("url") ? await checkedAddress(egress, endpoint.url) : undefined;
      return inTenant(pool(), tenantId, async (client) => {
        const row = await requireEndpoint(client, tenantId, endpoint.id, true);
        if (endpoint.etag !== "" && endpoint.etag !== String(row.version)) throw etagMismatch(String(row.version));
        applyChange(row, endpoint, fields, url, key);
        row.version += 1;
        row.updated_at = new Date();
        await saveEndpoint(client, row);
        const { rowCount } = await client.query("select from secret where endpoint_id = $1", [row.id]);
        if (!rowCount && isSigned(toEndpoint(row, key).kind)) {
          // It signs from now on; the secret is shown by rotating it.
          await insertSecret(client, key, tenantId, row.id, generateSecret());
        }
        await client.query("select wake_endpoints(array[$1::uuid])", [row.id]);
        const event = create(EndpointUpdatedSchema, { endpoint: toEndpoint(row, key), changedFields: [...fields] });
        await announce(client, tenantId, EndpointUpdatedSchema, event);
        return { endpoint: await seen(client, row) };
      });
    },

    async deleteEndpoint({ id }, context) {
      const tenantId = organizationOf(context);
      await inTenant(pool(), tenantId, async (client) => {
        if (!(await removeEndpoint(client, tenantId, id))) return;
        await announce(client, tenantId, EndpointDeletedSchema, create(EndpointDeletedSchema, { endpointId: id }));
      });
      return {};
    },

    enableEndpoint({ id, missed }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => {
        const { row, missedCount } = await switchEndpoint(client, key, tenantId, id, { on: true, missed });
        return { endpoint: await seen(client, row), missedCount: BigInt(missedCount) };
      });
    },

    disableEndpoint({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => {
        const { row } = await switchEndpoint(client, key, tenantId, id, { on: false });
        return { endpoint: await seen(client, row) };
      });
    },

    getEndpointHealth({ id, since, until }, context) {
      const tenantId = organizationOf(context);
      const end = until ? timestampDate(until) : new Date();
      const begin = since ? timestampDate(since) : new Date(end.getTime() - DAY_MS);
      if (begin >= end) throw fieldInvalid("until", "must be after since");
      return inTenant(pool(), tenantId, async (client) => {
        await requireEndpoint(client, tenantId, id);
        const summary = (await summariesOf(client, tenantId, [id])).get(id);
        return { ...(await healthOf(client, id, begin, end, STEPS)), ...(summary && { summary }) };
      });
    },

    async testEndpoint({ id, eventType }, context) {
      const tenantId = organizationOf(context);
      const row = await inTenant(pool(), tenantId, (client) => requireEndpoint(client, tenantId, id));
      exampleEvent(eventType, new Date());
      limitTests(tenantId);
      const { deliveryId } = await testEndpoint(pool(), deps, row, eventType);
      return inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<DeliveryRow>(`${SELECT_DELIVERIES} where d.tenant_id = $1 and d.id = $2`, [
          tenantId,
          deliveryId,
        ]);
        const { rows: attempts } = await client.query("select * from attempt where delivery_id = $1", [deliveryId]);
        return { ...(rows[0] && { delivery: toDelivery(rows[0]), attempt: toAttempt(attempts[0]) }) };
      });
    },

    async testAddress({ url: text, postback, headers, eventType }, context) {
      const tenantId = organizationOf(context);
      const event = exampleEvent(eventType, new Date());
      const url = await checkedAddress(egress, text);
      sealHeaders(key, headers);
      limitTests(tenantId);
      const kind = postback
        ? { case: "postback" as const, value: postback }
        : { case: "webhook" as const, value: create(WebhookSettingsSchema) };
      const policy = effectivePolicy(create(DeliveryPolicySchema), config);
      const password = postback?.password ?? "";
      const target = { tenantId, kind, headers, password, secrets: [generateSecret()], policy };
      const attempt = await sendExample(deps, target, url, event);
      return { attempt: toAttempt({ ...attempt, number: 1 }) };
    },

    async syncOwnedEndpoints({ owner, endpoints }, context) {
      if (owner === undefined) throw fieldInvalid("owner", "is required");
      const tenantId = organizationOf(context);
      const checked = [];
      for (const owned of endpoints) {
        const url = await checkedAddress(egress, (owned.endpoint ?? create(EndpointSchema)).url);
        const fallbackUrl = owned.fallbackUrl === "" ? "" : await checkedAddress(egress, owned.fallbackUrl);
        checked.push({ ...owned, url, fallbackUrl });
      }
      const rows = await syncOwnedEndpoints(pool(), key, tenantId, owner, checked);
      return { endpoints: rows.map((row) => toEndpoint(row, key)) };
    },
  };
}
