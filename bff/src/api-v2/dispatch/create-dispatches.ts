import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { type Dispatch, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { z } from "zod";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findCourse } from "../course/find-course.ts";
import { findDestination } from "../destination/find-destination.ts";
import { dispatchProperties, toDispatchChange } from "./dispatch-properties.ts";

const createSchema = dispatchProperties.extend({
  destinationId: z.string().min(1),
  courseId: z.string().min(1),
  tags: z.array(z.string().min(1)).nullish(),
});
const listSchema = z.object({
  dispatches: z.array(z.object({ id: z.string().min(1).nullish(), data: createSchema })).min(1),
});

/**
 * `POST /dispatch/dispatches`. One dispatch for a course and destination, as with the vendor: without an id of its own, another request for
 * the same pair changes what is there.
 */
export function createDispatches(deps: ApiDeps): Operation {
  const { clients } = deps;
  return async ({ body }) => {
    const { dispatches } = readBody(listSchema, body);
    // Everything is looked up before anything is made.
    const wanted = await Promise.all(
      dispatches.map(async ({ id, data }) => {
        const [course, destination] = await Promise.all([
          findCourse(clients, data.courseId),
          findDestination(clients, data.destinationId),
        ]);
        const known = await dispatchOf(deps, course.id, destination.id);
        if (known !== undefined && id != null)
          throw serviceError(Code.AlreadyExists, "EXTERNAL_ID_TAKEN", "the destination has a dispatch of this course", {
            external_id: known.externalId,
          });
        return { externalId: id ?? "", course, destination, known, change: toDispatchChange(data) };
      }),
    );
    const service = clients.of(DispatchService);
    for (const { externalId, course, destination, known, change } of wanted) {
      const { fields, paths } = change;
      if (known === undefined)
        await service.createDispatch({
          requestId: uuidV7(),
          dispatch: { ...fields, externalId, courseId: course.id, destinationId: destination.id },
        });
      else if (paths.length > 0)
        await service.updateDispatch({ dispatch: { ...fields, id: known.id }, updateMask: { paths: [...paths] } });
    }
    return { status: 204 };
  };
}

async function dispatchOf(
  { clients }: ApiDeps,
  courseId: string,
  destinationId: string,
): Promise<Dispatch | undefined> {
  const { dispatches } = await clients
    .of(DispatchService)
    .listDispatches({ courseId, destinationId, page: { pageSize: 1 } });
  return dispatches[0];
}
