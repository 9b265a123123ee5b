import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { type Dispatch, DispatchOrder, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type { QueryParameters } from "../../http/query-parameters.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findCourse } from "../course/find-course.ts";
import { isNarrowed, readListFilter } from "../list-filter.ts";
import { DISPATCH_FIELDS } from "./dispatch-fields.ts";

const PAGE_SIZE = 200;

/** Every dispatch of a destination. They are all read before the caller changes one. */
export function dispatchesOf(deps: ApiDeps, destinationId: string): Promise<Dispatch[]> {
  return readAll(deps, { destinationId });
}

/**
 * Every dispatch that a request's filters mean.
 * @throws FIELD_INVALID when there is no filter, so that nobody changes all dispatches by leaving it out; COURSE_NOT_FOUND
 */
export async function dispatchesMeant(deps: ApiDeps, query: QueryParameters): Promise<Dispatch[]> {
  if (!isNarrowed(query))
    throw fieldInvalid(
      "filter",
      "name courseId, since, until, tags or filter, so that not all dispatches are meant by mistake",
    );
  const courseId = query.text("courseId");
  const course = courseId === undefined ? undefined : await findCourse(deps.clients, courseId);
  const { text, matches, times } = readListFilter(query, DISPATCH_FIELDS);
  const found = await readAll(deps, { courseId: course?.id ?? "", query: text, tags: query.list("tags"), ...times });
  return found.filter(matches);
}

async function readAll({ clients }: ApiDeps, filter: object): Promise<Dispatch[]> {
  const all: Dispatch[] = [];
  let pageToken = "";
  do {
    const { dispatches, page } = await clients.of(DispatchService).listDispatches({
      ...filter,
      // Changes do not move rows of this order.
      order: DispatchOrder.CREATE_TIME_ASC,
      page: { pageSize: PAGE_SIZE, pageToken },
    });
    all.push(...dispatches);
    pageToken = page?.nextPageToken ?? "";
  } while (pageToken !== "");
  return all;
}
