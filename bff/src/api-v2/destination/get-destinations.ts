import {
  type Destination,
  DestinationOrder,
  DestinationService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { readListFilter } from "../list-filter.ts";
import { moreToken, readListRequest } from "../more-token.ts";
import { toDestinationSchema } from "./destination.mapper.ts";
import { findDestination } from "./find-destination.ts";

const PAGE_SIZE = 100;
const ORDERS = {
  updated_asc: DestinationOrder.UPDATE_TIME_ASC,
  updated_desc: DestinationOrder.UPDATE_TIME_DESC,
  name_asc: DestinationOrder.NAME_ASC,
} as const;
const orderNames = Object.keys(ORDERS) as (keyof typeof ORDERS)[];

/** Fields that `filterBy` may name. */
const FIELDS: Readonly<Record<string, (destination: Destination) => string>> = {
  destination_id: (destination) => destination.externalId,
  destination_name: (destination) => destination.name,
  destination_email: (destination) => destination.email,
};

/** `GET /dispatch/destinations/{destinationId}` */
export function getDestination({ clients }: ApiDeps): Operation {
  return async ({ params }) => ({
    status: 200,
    body: toDestinationSchema(await findDestination(clients, params.destinationId ?? "")),
  });
}

/** `GET /dispatch/destinations` */
export function getDestinations({ clients }: ApiDeps): Operation {
  return async (input) => {
    const list = readListRequest(input.query);
    const { query, pageToken } = list;
    const { text, matches, exact, times } = readListFilter(query, FIELDS);
    const { destinations, page } = await clients.of(DestinationService).listDestinations({
      page: { pageSize: PAGE_SIZE, pageToken, withTotal: exact && pageToken === "" && query.flag("includeTotalCount") },
      query: text,
      tags: query.list("tags"),
      order: ORDERS[query.choice("orderBy", orderNames, "updated_asc")],
      ...times,
    });
    return {
      status: 200,
      body: {
        destinations: destinations.filter(matches).map((destination) => ({
          id: destination.externalId,
          data: toDestinationSchema(destination),
        })),
        more: moreToken(list, page?.nextPageToken),
      },
      ...(page?.total !== undefined && { headers: { "x-total-count": String(page.total) } }),
    };
  };
}
