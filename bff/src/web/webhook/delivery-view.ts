import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { WebhookDeliveryViewService } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import {
  AttemptOutcome,
  type Delivery,
  DeliveryService,
  DeliveryState,
} from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { toEventRows } from "../event/event-row.mapper.ts";
import { rangeOf } from "../event/event-view.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toAttemptRow, toDeliveryRow } from "./delivery-row.mapper.ts";
import { endpointNames, toEndpointChoice } from "./endpoint-names.ts";
import { valuesOfTexts } from "./value-of-text.ts";

const DELIVERIES = 50;
/** A watch ends after this, so that who lost access in the meantime does not go on reading. */
const WATCH_MS = 5 * 60 * 1000;

/** Pages of deliveries. */
export function webhookDeliveryView({ clients, directory }: ViewDeps): ServiceImpl<typeof WebhookDeliveryViewService> {
  const deliveries = clients.of(DeliveryService);
  const rowOf = ({ delivery }: { delivery?: Delivery | undefined }) =>
    delivery ? { delivery: toDeliveryRow(delivery, "") } : {};

  return {
    async listDeliveries(request) {
      const { endpointId, eventId, eventTypes, replayId, withTests, statusClass, query, pageToken } = request;
      const [answer, names] = await Promise.all([
        deliveries.listDeliveries({
          endpointId,
          eventId,
          states: valuesOfTexts(DeliveryState, request.states, "states"),
          outcomes: valuesOfTexts(AttemptOutcome, request.outcomes, "outcomes"),
          eventTypes,
          replayId,
          ...rangeOf(request),
          withTests,
          statusClass,
          query,
          page: { pageSize: DELIVERIES, pageToken },
        }),
        endpointNames(clients),
      ]);
      return {
        deliveries: answer.deliveries.map((delivery) => toDeliveryRow(delivery, names.nameOf(delivery.endpointId))),
        nextPageToken: answer.page?.nextPageToken ?? "",
        endpoints: names.choices,
      };
    },

    async getDelivery({ id }) {
      const { delivery, attempts, event } = await deliveries.getDelivery({ id });
      if (delivery === undefined) return {};
      const [{ endpoint }, [row]] = await Promise.all([
        clients.of(EndpointService).getEndpoint({ id: delivery.endpointId }),
        toEventRows(event ? [event] : [], directory),
      ]);
      return {
        delivery: toDeliveryRow(delivery, endpoint?.name ?? ""),
        attempts: attempts.map(toAttemptRow),
        ...(row && { event: row }),
        ...(endpoint && { endpoint: toEndpointChoice(endpoint) }),
      };
    },

    async resendDelivery({ requestId, id }) {
      return rowOf(await deliveries.resendDelivery({ requestId: requestId || uuidV7(), id }));
    },

    async cancelDelivery({ id }) {
      return rowOf(await deliveries.cancelDelivery({ id }));
    },

    async *watchDeliveries({ endpointId }, context) {
      const enough = AbortSignal.timeout(WATCH_MS);
      const signal = AbortSignal.any([context.signal, enough]);
      try {
        for await (const answer of deliveries.streamDeliveries({ endpointId }, { signal }))
          yield { ids: answer.deliveries.map(({ id }) => id) };
      } catch (error) {
        if (!enough.aborted) throw error;
      }
    },
  };
}
