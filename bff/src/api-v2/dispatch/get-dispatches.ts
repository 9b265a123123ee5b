import { DispatchOrder, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findCourseIfThere } from "../course/find-course.ts";
import { findDestination } from "../destination/find-destination.ts";
import { readListFilter } from "../list-filter.ts";
import { moreToken, readListRequest } from "../more-token.ts";
import { toDispatchSchema, withNames } from "./dispatch.mapper.ts";
import { DISPATCH_FIELDS } from "./dispatch-fields.ts";
import { findDispatch } from "./find-dispatch.ts";

const PAGE_SIZE = 100;
const ORDERS = {
  updated_asc: DispatchOrder.UPDATE_TIME_ASC,
  updated_desc: DispatchOrder.UPDATE_TIME_DESC,
  created_asc: DispatchOrder.CREATE_TIME_ASC,
  created_desc: DispatchOrder.CREATE_TIME_DESC,
} as const;
const orderNames = Object.keys(ORDERS) as (keyof typeof ORDERS)[];

/** `GET /dispatch/dispatches/{dispatchId}` */
export function getDispatch(deps: ApiDeps): Operation {
  return async ({ params }) => {
    const dispatch = await findDispatch(deps.clients, params.dispatchId ?? "");
    const [named] = await withNames(deps, [dispatch]);
    return { status: 200, body: named && toDispatchSchema(named) };
  };
}

/** `GET /dispatch/dispatches` and `GET /dispatch/destinations/{destinationId}/dispatches` */
export function getDispatches(deps: ApiDeps): Operation {
  const { clients } = deps;
  return async ({ query: given, params }) => {
    const list = readListRequest(given);
    const { query, pageToken } = list;
    const { destinationId: externalId } = params;
    const destination = externalId === undefined ? undefined : await findDestination(clients, externalId);
    const externalCourseId = query.text("courseId");
    const course = externalCourseId === undefined ? undefined : await findCourseIfThere(clients, externalCourseId);
    if (externalCourseId !== undefined && course === undefined) return { status: 200, body: { dispatches: [] } };

    const { text, matches, exact, times } = readListFilter(query, DISPATCH_FIELDS);
    const { dispatches, page } = await clients.of(DispatchService).listDispatches({
      page: { pageSize: PAGE_SIZE, pageToken, withTotal: exact && pageToken === "" && query.flag("includeTotalCount") },
      destinationId: destination?.id ?? "",
      courseId: course?.id ?? "",
      query: text,
      tags: query.list("tags"),
      order: ORDERS[query.choice("orderBy", orderNames, "updated_asc")],
      ...times,
    });
    const named = await withNames(deps, dispatches.filter(matches));
    return {
      status: 200,
      body: {
        dispatches: named.map((one) => ({ id: one.dispatch.externalId, data: toDispatchSchema(one) })),
        more: moreToken(list, page?.nextPageToken),
      },
      ...(page?.total !== undefined && { headers: { "x-total-count": String(page.total) } }),
    };
  };
}
