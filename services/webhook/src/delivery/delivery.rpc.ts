import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  type DeliveryService,
  ListDeliveriesRequestSchema,
} from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { type Event, EventSchema } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import type pg from "pg";
import { type EventRow, toEvent } from "../event/event-row.ts";
import { eventTypeByName } from "../event-type/event-types.ts";
import { type AttemptRow, type DeliveryRow, toAttempt, toDelivery } from "./delivery-row.ts";
import { countDeliveries, listDeliveries, requireDelivery } from "./list-deliveries.ts";
import { cancelDeliveries, resendDelivery } from "./resend-delivery.ts";
import { streamDeliveries } from "./stream-deliveries.ts";

/** DeliveryService. @param stopping fires when the process stops; streams end. */
export function deliveryRpc(pool: () => pg.Pool, stopping: AbortSignal): ServiceImpl<typeof DeliveryService> {
  return {
    async listDeliveries(request, context) {
      const tenantId = organizationOf(context);
      const { page } = request;
      const list = `deliveries of ${tenantId} ${requestHash(ListDeliveriesRequestSchema, request, ["page"])}`;
      const start = readPageRequest(page, list);
      return inTenant(pool(), tenantId, async (client) => {
        const found = await listDeliveries(client, tenantId, request, start);
        const { rows, nextPageToken } = cutPage(found, start, list, ({ id }) => [id]);
        const total = page?.withTotal ? { total: await countDeliveries(client, tenantId, request) } : {};
        return { deliveries: rows.map(toDelivery), page: { nextPageToken, ...total } };
      });
    },

    getDelivery({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => {
        const row = await requireDelivery(client, tenantId, id);
        const { rows } = await client.query<AttemptRow>(
          "select * from attempt where tenant_id = $1 and delivery_id = $2 order by number, started_at",
          [tenantId, id],
        );
        const event = await eventOf(client, row);
        return { delivery: toDelivery(row), attempts: rows.map(toAttempt), ...(event && { event }) };
      });
    },

    resendDelivery({ requestId, id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => ({
        delivery: toDelivery(await resendDelivery(client, tenantId, requestId, id)),
      }));
    },

    cancelDelivery({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => {
        const { endpoint_id } = await requireDelivery(client, tenantId, id);
        await client.query("select from endpoint_queue where endpoint_id = $1 for update", [endpoint_id]);
        await cancelDeliveries(client, "id = $1", id);
        // Those behind it need not wait for it any more.
        await client.query("select wake_endpoints(array[$1::uuid])", [endpoint_id]);
        return { delivery: toDelivery(await requireDelivery(client, tenantId, id)) };
      });
    },

    streamDeliveries(request, context) {
      const gone = AbortSignal.any([context.signal, stopping]);
      return streamDeliveries(pool(), organizationOf(context), request, gone);
    },
  };
}

/** The event of a delivery, that of a test included; undefined when it is not kept any more. */
async function eventOf(client: pg.ClientBase, row: DeliveryRow): Promise<Event | undefined> {
  if (row.test_data !== null) {
    return create(EventSchema, {
      id: row.event_id,
      type: row.event_type,
      occurTime: timestampFromDate(row.created_at),
      schema: eventTypeByName(row.event_type)?.schema.typeName ?? "",
      data: JSON.parse(row.test_data),
    });
  }
  const { rows } = await client.query<EventRow>("select * from event where tenant_id = $1 and id = $2", [
    row.tenant_id,
    row.event_id,
  ]);
  return rows[0] && toEvent(rows[0]);
}
