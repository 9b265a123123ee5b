import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Course, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { type Destination, DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { type Dispatch, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type By = { readonly case: "id" | "externalId"; readonly value: string };

/** Things are named by our UUID or by the external id they were made with. */
const by = (id: string): By => ({ case: UUID.test(id) ? "id" : "externalId", value: id });

const missing = (reason: string, id: string): Error =>
  serviceError(Code.NotFound, reason, "there is no such thing", { id });

/** @throws DISPATCH_NOT_FOUND */
export async function findDispatch(clients: Clients, id = ""): Promise<Dispatch> {
  const { dispatch } = await clients.of(DispatchService).getDispatch({ by: by(id) });
  if (dispatch === undefined) throw missing("DISPATCH_NOT_FOUND", id);
  return dispatch;
}

/** @throws DESTINATION_NOT_FOUND */
export async function findDestination(clients: Clients, id = ""): Promise<Destination> {
  const { destination } = await clients.of(DestinationService).getDestination({ by: by(id) });
  if (destination === undefined) throw missing("DESTINATION_NOT_FOUND", id);
  return destination;
}

/** @throws COURSE_NOT_FOUND */
export async function findCourse(clients: Clients, id = ""): Promise<Course> {
  const { course } = await clients.of(CourseService).getCourse({ by: by(id) });
  if (course === undefined) throw missing("COURSE_NOT_FOUND", id);
  return course;
}
