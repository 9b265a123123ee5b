import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  CreateDestinationRequestSchema,
  type Destination,
  type DestinationService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DestinationCreatedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { listFingerprint } from "../search/list-fingerprint.ts";
import { deleteDestination } from "./delete-destination.ts";
import { destinationOfRequest, insertDestination, requireDestination } from "./destination.repository.ts";
import { type DestinationRow, destinationColumns, toDestination } from "./destination-row.ts";
import { destinationSummaries } from "./destination-summary.ts";
import { countDestinations, destinationKeys, listDestinations } from "./list-destinations.ts";
import { readDestinationMask, updateDestination } from "./update-destination.ts";

/** DestinationService. */
export function destinationRpc(parts: DispatchParts): ServiceImpl<typeof DestinationService> {
  const { pool, now } = parts;
  const seen = async (client: pg.ClientBase, row: DestinationRow): Promise<Destination> =>
    toDestination(row, (await destinationSummaries(client, [row], now())).get(row.id));

  return {
    async createDestination(request, context) {
      const { destination, requestId } = request;
      if (destination === undefined) throw fieldInvalid("destination", "is required");
      const tenantId = organizationOf(context);
      const hash = requestHash(CreateDestinationRequestSchema, request);
      const id = uuidV7();
      const externalId = destination.externalId || id;
      const at = now();
      return inTenant(pool(), tenantId, async (client) => {
        const known = await destinationOfRequest(client, tenantId, requestId);
        const made =
          known ??
          (await insertDestination(client, {
            id,
            tenant_id: tenantId,
            external_id: externalId,
            ...destinationColumns(destination, externalId, true),
            request_id: requestId,
            request_hash: hash,
            created_at: at,
            updated_at: at,
          }));
        // Another call with the same request may have been faster.
        const row = made ?? (await destinationOfRequest(client, tenantId, requestId));
        if (row === undefined) throw errors.externalIdTaken({ external_id: externalId });
        if (row.request_hash !== hash) throw requestIdReused(requestId);
        if (row.id === id) {
          const event = create(DestinationCreatedSchema, { destination: toDestination(row) });
          await announce(client, tenantId, DestinationCreatedSchema, event);
        }
        return { destination: await seen(client, row) };
      });
    },

    getDestination({ by }, context) {
      if (by.case === undefined) throw fieldInvalid("by", "is required");
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => ({
        destination: await seen(client, await requireDestination(client, tenantId, by)),
      }));
    },

    listDestinations(request, context) {
      const tenantId = organizationOf(context);
      const list = listFingerprint("destinations", tenantId, request);
      const start = readPageRequest(request.page, list);
      return inTenant(pool(), tenantId, async (client) => {
        const found = await listDestinations(client, tenantId, request, start);
        const { rows, nextPageToken } = cutPage(found, start, list, (row) => destinationKeys(request.order, row));
        const summaries = await destinationSummaries(client, rows, now());
        const total = request.page?.withTotal ? { total: await countDestinations(client, tenantId, request) } : {};
        return {
          destinations: rows.map((row) => toDestination(row, summaries.get(row.id))),
          page: { nextPageToken, ...total },
        };
      });
    },

    updateDestination({ destination, updateMask }, context) {
      if (destination === undefined) throw fieldInvalid("destination", "is required");
      const tenantId = organizationOf(context);
      const paths = readDestinationMask(updateMask);
      return inTenant(pool(), tenantId, async (client) => ({
        destination: await seen(client, await updateDestination(client, tenantId, destination, paths, now())),
      }));
    },

    async deleteDestination({ id }, context) {
      await deleteDestination(parts, organizationOf(context), id);
      return {};
    },
  };
}
