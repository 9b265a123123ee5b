import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { type Dispatch, DispatchOrder, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { z } from "zod";
import { needs } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { DocumentedRoute } from "../documented-route.ts";
import { succeeded } from "../envelope.ts";
import { numberedPage, PAGE_PARAMETERS, pageSchema, readPageWish } from "../numbered-page.ts";
import { createDispatchBody, dispatchFields, toDispatchInput } from "./dispatch-body.ts";
import { dispatchData, toDispatchData } from "./dispatch-data.ts";
import { findCourse, findDestination, findDispatch } from "./find.ts";
import { dispatchStatus } from "./texts.ts";

const tag = "Dispatches";
const ORDERS = {
  updated_desc: DispatchOrder.UPDATE_TIME_DESC,
  updated_asc: DispatchOrder.UPDATE_TIME_ASC,
  created_desc: DispatchOrder.CREATE_TIME_DESC,
  created_asc: DispatchOrder.CREATE_TIME_ASC,
  name: DispatchOrder.NAME_ASC,
  launched: DispatchOrder.LAST_LAUNCH_DESC,
} as const;
const orders = Object.keys(ORDERS) as (keyof typeof ORDERS)[];

/** Dispatches: make, list, read, change, remove. */
export function dispatchRoutes(clients: Clients): readonly DocumentedRoute[] {
  const service = clients.of(DispatchService);
  const answer = (dispatch: Dispatch | undefined, status: 200 | 201 = 200) => ({
    status,
    body: succeeded(dispatch ? toDispatchData(dispatch) : null),
  });
  return [
    {
      ...{ method: "POST", path: "/dispatch/dispatches", access: needs(Permission.DISPATCH_WRITE) },
      ...{ operationId: "createDispatch", summary: "Gives a course to a destination", tag, status: 201 },
      takes: createDispatchBody,
      gives: dispatchData.extend({ callbackSecret: z.string().optional() }),
      codes: ["COURSE_NOT_FOUND", "DESTINATION_NOT_FOUND", "EXTERNAL_ID_TAKEN", "ADDRESS_REFUSED"],
      async operation({ body }) {
        const given = readBody(createDispatchBody, body);
        const [course, destination] = await Promise.all([
          findCourse(clients, given.courseId),
          findDestination(clients, given.destinationId),
        ]);
        const { dispatch, callbackSecret } = await service.createDispatch({
          requestId: uuidV7(),
          dispatch: {
            ...toDispatchInput(given).fields,
            externalId: given.externalId ?? "",
            courseId: course.id,
            destinationId: destination.id,
          },
        });
        const data = dispatch && { ...toDispatchData(dispatch), ...(callbackSecret && { callbackSecret }) };
        return { status: 201, body: succeeded(data ?? null) };
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/dispatches", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "listDispatches", summary: "Lists dispatches", tag, status: 200 },
      parameters: {
        ...PAGE_PARAMETERS,
        q: "Part of the name, external id or a tag.",
        tag: "Only those with all of these tags.",
        status: `Only these: ${dispatchStatus.names.join(", ")}.`,
        courseId: "Only of this course.",
        destinationId: "Only of this destination.",
        orderBy: `${orders.join(", ")}; the first when absent.`,
      },
      gives: z.object({ dispatches: z.array(dispatchData), ...pageSchema.shape }),
      async operation({ query }) {
        const course = query.text("courseId");
        const destination = query.text("destinationId");
        const filter = {
          query: query.text("q") ?? "",
          tags: query.list("tag"),
          statuses: query.list("status").flatMap((text) => dispatchStatus.valueOf(text) ?? []),
          courseId: course === undefined ? "" : (await findCourse(clients, course)).id,
          destinationId: destination === undefined ? "" : (await findDestination(clients, destination)).id,
          order: ORDERS[query.choice("orderBy", orders, "updated_desc")],
        };
        const { rows, paging } = await numberedPage(readPageWish(query), async (page) => {
          const read = await service.listDispatches({ ...filter, page });
          return {
            rows: read.dispatches,
            nextPageToken: read.page?.nextPageToken ?? "",
            total: Number(read.page?.total ?? 0n),
          };
        });
        return { status: 200, body: succeeded({ dispatches: rows.map(toDispatchData), ...paging }) };
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/dispatches/:id", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "getDispatch", summary: "Reads a dispatch with its figures", tag, status: 200 },
      gives: dispatchData,
      codes: ["DISPATCH_NOT_FOUND"],
      operation: async ({ params }) => answer(await findDispatch(clients, params.id)),
    },
    {
      ...{ method: "PATCH", path: "/dispatch/dispatches/:id", access: needs(Permission.DISPATCH_WRITE) },
      ...{
        operationId: "updateDispatch",
        summary: "Changes the fields given; felt at the next launch",
        tag,
        status: 200,
      },
      takes: dispatchFields,
      gives: dispatchData,
      codes: ["DISPATCH_NOT_FOUND", "ADDRESS_REFUSED"],
      async operation({ params, body }) {
        const { fields, paths } = toDispatchInput(readBody(dispatchFields, body));
        const found = await findDispatch(clients, params.id);
        if (paths.length === 0) return answer(found);
        const { dispatch } = await service.updateDispatch({
          dispatch: { ...fields, id: found.id },
          updateMask: { paths: [...paths] },
        });
        return answer(dispatch);
      },
    },
    {
      ...{ method: "DELETE", path: "/dispatch/dispatches/:id", access: needs(Permission.DISPATCH_DELETE) },
      ...{
        operationId: "deleteDispatch",
        summary: "Removes a dispatch; its packages stop launching",
        tag,
        status: 200,
      },
      codes: ["DISPATCH_NOT_FOUND"],
      async operation({ params }) {
        const { id } = await findDispatch(clients, params.id);
        await service.deleteDispatch({ id });
        return { status: 200, body: succeeded(null) };
      },
    },
  ];
}
