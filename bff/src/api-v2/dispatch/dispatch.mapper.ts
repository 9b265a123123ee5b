import type { Destination } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { type Dispatch, Instancing } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { isoOf } from "../../contract/timestamp.ts";
import type { ApiDeps } from "../api-deps.ts";

/** What a dispatch names by id only. */
export interface DispatchNames {
  readonly courseId: string;
  readonly courseTitle: string;
  readonly destinationId: string;
  readonly destinationName: string;
}

/** A dispatch with the names of its course and destination; empty where the caller may not see them or they are gone. */
export interface NamedDispatch {
  readonly dispatch: Dispatch;
  readonly names: DispatchNames;
}

/** Finds the names of courses and destinations for rows that hold ids, each once. */
export async function withNames(
  { clients, directory }: ApiDeps,
  dispatches: readonly Dispatch[],
): Promise<NamedDispatch[]> {
  const referenceOf = ({ courseId }: Dispatch) => ({ courseId, courseVersionId: "" });
  const ids = [...new Set(dispatches.map(({ destinationId }) => destinationId))];
  const [courseOf, found] = await Promise.all([
    directory.find(dispatches.map(referenceOf)),
    Promise.all(ids.map((id) => clients.of(DestinationService).getDestination({ by: { case: "id", value: id } }))),
  ]);
  const destinations = new Map<string, Destination>(
    found.flatMap(({ destination }) => (destination ? [[destination.id, destination] as const] : [])),
  );
  return dispatches.map((dispatch) => {
    const { course } = courseOf(referenceOf(dispatch));
    const destination = destinations.get(dispatch.destinationId);
    return {
      dispatch,
      names: {
        courseId: course?.externalId ?? "",
        courseTitle: course?.title ?? "",
        destinationId: destination?.externalId ?? "",
        destinationName: destination?.name ?? "",
      },
    };
  });
}

/** `DispatchSchema` of the vendor's API. */
export function toDispatchSchema({ dispatch, names }: NamedDispatch): object {
  const { terms, summary } = dispatch;
  return {
    destinationId: names.destinationId,
    destinationName: names.destinationName,
    courseId: names.courseId,
    courseTitle: names.courseTitle,
    allowNewRegistrations: terms?.allowNewRegistrations ?? true,
    instanced: dispatch.instancing !== Instancing.STATIC,
    registrationCap: terms?.usageLimit ?? 0,
    registrationCount: Number(summary?.usage?.used ?? 0n),
    expirationDate: isoOf(terms?.expireTime),
    enabled: dispatch.enabled ?? true,
    tags: dispatch.tags,
    email: dispatch.email,
    notes: dispatch.notes,
    created: isoOf(dispatch.createTime),
    updated: isoOf(dispatch.updateTime),
  };
}
