import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { WebhookEndpointViewService } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { DeliveryService } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import {
  type Endpoint,
  EndpointService,
  EndpointStatus,
  MissedEvents,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { SecretService } from "@coursemesh/proto/coursemesh/webhook/v1/secret_pb.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toAttemptRow, toDeliveryRow } from "./delivery-row.mapper.ts";
import { toEndpoint, toEndpointRow, toFailureRow, toHealthStepRow, toSecretRow } from "./endpoint-row.mapper.ts";
import { valuesOfTexts } from "./value-of-text.ts";

const ENDPOINTS = 50;
/** Newest deliveries on an endpoint's page. */
const DELIVERIES = 10;
const SECRETS = 20;

/** All that a draft has, apart from the kind. */
const DRAFT_FIELDS = ["name", "description", "url", "filter", "headers", "policy"];

/** Pages of webhook endpoints. */
export function webhookEndpointView(deps: ViewDeps): ServiceImpl<typeof WebhookEndpointViewService> {
  const { clients, directory } = deps;
  const endpoints = clients.of(EndpointService);
  const secrets = clients.of(SecretService);
  const rowOf = ({ endpoint }: { endpoint?: Endpoint | undefined }) =>
    endpoint ? { endpoint: toEndpointRow(endpoint) } : {};

  const coursesOf = async (endpoint: Endpoint | undefined) => {
    const ids = endpoint?.filter?.courseIds ?? [];
    const find = await directory.find(ids.map((courseId) => ({ courseId, courseVersionId: "" })));
    return ids.flatMap((id) => find({ courseId: id, courseVersionId: "" }).course ?? []);
  };

  return {
    async listEndpoints({ query, status, eventType, withOwned, pageToken }) {
      const answer = await endpoints.listEndpoints({
        query,
        statuses: valuesOfTexts(EndpointStatus, status === "" ? [] : [status], "status"),
        eventType,
        withOwned,
        page: { pageSize: ENDPOINTS, pageToken },
      });
      return { endpoints: answer.endpoints.map(toEndpointRow), nextPageToken: answer.page?.nextPageToken ?? "" };
    },

    async getEndpoint({ id }) {
      const [found, listed, health, newest] = await Promise.all([
        endpoints.getEndpoint({ id }),
        secrets.listSecrets({ endpointId: id, page: { pageSize: SECRETS } }),
        endpoints.getEndpointHealth({ id }),
        clients.of(DeliveryService).listDeliveries({ endpointId: id, withTests: true, page: { pageSize: DELIVERIES } }),
      ]);
      const courses = await coursesOf(found.endpoint);
      return {
        ...rowOf(found),
        secrets: listed.secrets.map(toSecretRow),
        steps: health.steps.map(toHealthStepRow),
        failures: health.failures.map(toFailureRow),
        deliveries: newest.deliveries.map((delivery) => toDeliveryRow(delivery, found.endpoint?.name ?? "")),
        courses: courses.map(({ id: courseId, title }) => ({ id: courseId, title })),
      };
    },

    async createEndpoint({ requestId, draft }) {
      const answer = await endpoints.createEndpoint({ requestId: requestId || uuidV7(), endpoint: toEndpoint(draft) });
      return { ...rowOf(answer), secret: answer.secret };
    },

    async updateEndpoint({ id, etag, draft }) {
      const paths = [...DRAFT_FIELDS, draft?.postback ? "postback" : "webhook"];
      return rowOf(
        await endpoints.updateEndpoint({ endpoint: { ...toEndpoint(draft), id, etag }, updateMask: { paths } }),
      );
    },

    async deleteEndpoint({ id }) {
      await endpoints.deleteEndpoint({ id });
      return {};
    },

    async enableEndpoint({ id, dropMissed }) {
      const missed = dropMissed ? MissedEvents.DROP : MissedEvents.DELIVER;
      const answer = await endpoints.enableEndpoint({ id, missed });
      return { ...rowOf(answer), missedCount: answer.missedCount };
    },

    async disableEndpoint({ id }) {
      return rowOf(await endpoints.disableEndpoint({ id }));
    },

    async testEndpoint({ id, eventType }) {
      const { delivery, attempt } = await endpoints.testEndpoint({ id, eventType });
      return { deliveryId: delivery?.id ?? "", ...(attempt && { attempt: toAttemptRow(attempt) }) };
    },

    async testAddress({ draft }) {
      const { url = "", headers = {}, kind } = toEndpoint(draft);
      const postback = kind?.case === "postback" ? { postback: kind.value } : {};
      const { attempt } = await endpoints.testAddress({ url, headers, ...postback });
      return attempt ? { attempt: toAttemptRow(attempt) } : {};
    },

    async rotateSecret({ requestId, endpointId, overlapSeconds }) {
      const request = { requestId: requestId || uuidV7(), endpointId, overlapSeconds };
      const { secret, value } = await secrets.rotateSecret(request);
      return { ...(secret && { secret: toSecretRow(secret) }), value };
    },

    async deleteSecret({ id }) {
      await secrets.deleteSecret({ id });
      return {};
    },
  };
}
