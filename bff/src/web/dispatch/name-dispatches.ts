import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type { DispatchRowSchema } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toDispatchRow } from "./dispatch-row.mapper.ts";

/** Dispatches as rows, with the titles of their courses and the names of their destinations. */
export async function nameDispatches(
  { clients, directory, logger }: Pick<ViewDeps, "clients" | "directory" | "logger">,
  dispatches: readonly Dispatch[],
): Promise<MessageInitShape<typeof DispatchRowSchema>[]> {
  const references = dispatches.map(({ courseId, pinnedCourseVersionId }) => ({
    courseId,
    courseVersionId: pinnedCourseVersionId,
  }));
  const [find, names] = await Promise.all([
    directory.find(references),
    optionalPart(
      "names of destinations",
      destinationNames(
        clients,
        dispatches.map(({ destinationId }) => destinationId),
      ),
      logger,
    ),
  ]);
  return dispatches.map((dispatch) =>
    toDispatchRow(dispatch, {
      found: find({ courseId: dispatch.courseId, courseVersionId: dispatch.pinnedCourseVersionId }),
      destinationName: names?.get(dispatch.destinationId) ?? "",
    }),
  );
}

async function destinationNames(clients: Clients, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const service = clients.of(DestinationService);
  const found = await Promise.all(
    [...new Set(ids)].map((value) => service.getDestination({ by: { case: "id", value } })),
  );
  return new Map(found.map(({ destination }) => [destination?.id ?? "", destination?.name ?? ""]));
}
