import { type Destination, DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { batchTagsSchema, tagListSchema, withoutTags, withTags } from "../tag-lists.ts";
import { findDestination } from "./find-destination.ts";

/** `GET /dispatch/destinations/{destinationId}/tags` */
export function getDestinationTags({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    const { tags } = await findDestination(clients, params.destinationId ?? "");
    return { status: 200, body: { tags } };
  };
}

/** `PUT /dispatch/destinations/{destinationId}/tags`: sets them. */
export function putDestinationTags(deps: ApiDeps): Operation {
  return async ({ params, body }) => {
    const { tags } = readBody(tagListSchema, body);
    const destination = await findDestination(deps.clients, params.destinationId ?? "");
    return setTags(deps, destination, tags ?? []);
  };
}

/** `DELETE /dispatch/destinations/{destinationId}/tags`: removes those named, or all. */
export function deleteDestinationTags(deps: ApiDeps): Operation {
  return async ({ params, body }) => {
    const { tags } = readBody(tagListSchema, body);
    const destination = await findDestination(deps.clients, params.destinationId ?? "");
    return setTags(deps, destination, withoutTags(destination.tags, tags ?? []));
  };
}

/** `PUT /dispatch/destinations/tags`: adds tags to several. All must be there before anything changes. */
export function putDestinationTagsBatch(deps: ApiDeps): Operation {
  return async ({ body }) => {
    const { ids, tags } = readBody(batchTagsSchema, body);
    const destinations = await Promise.all(ids.map((id) => findDestination(deps.clients, id)));
    for (const destination of destinations) await setTags(deps, destination, withTags(destination.tags, tags));
    return { status: 204 };
  };
}

async function setTags({ clients }: ApiDeps, { id }: Destination, tags: string[]): Promise<{ status: number }> {
  await clients
    .of(DestinationService)
    .updateDestination({ destination: { id, tags }, updateMask: { paths: ["tags"] } });
  return { status: 204 };
}
