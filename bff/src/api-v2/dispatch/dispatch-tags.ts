import { type Dispatch, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { batchTagsSchema, tagListSchema, withoutTags, withTags } from "../tag-lists.ts";
import { findDispatch } from "./find-dispatch.ts";

/** `GET /dispatch/dispatches/{dispatchId}/tags` */
export function getDispatchTags({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    const { tags } = await findDispatch(clients, params.dispatchId ?? "");
    return { status: 200, body: { tags } };
  };
}

/** `PUT /dispatch/dispatches/{dispatchId}/tags`: sets them. */
export function putDispatchTags(deps: ApiDeps): Operation {
  return async ({ params, body }) => {
    const { tags } = readBody(tagListSchema, body);
    const dispatch = await findDispatch(deps.clients, params.dispatchId ?? "");
    return setTags(deps, dispatch, tags ?? []);
  };
}

/** `DELETE /dispatch/dispatches/{dispatchId}/tags`: removes those named, or all. */
export function deleteDispatchTags(deps: ApiDeps): Operation {
  return async ({ params, body }) => {
    const { tags } = readBody(tagListSchema, body);
    const dispatch = await findDispatch(deps.clients, params.dispatchId ?? "");
    return setTags(deps, dispatch, withoutTags(dispatch.tags, tags ?? []));
  };
}

/** `PUT /dispatch/dispatches/tags`: adds tags to several. All must be there before anything changes. */
export function putDispatchTagsBatch(deps: ApiDeps): Operation {
  return async ({ body }) => {
    const { ids, tags } = readBody(batchTagsSchema, body);
    const dispatches = await Promise.all(ids.map((id) => findDispatch(deps.clients, id)));
    for (const dispatch of dispatches) await setTags(deps, dispatch, withTags(dispatch.tags, tags));
    return { status: 204 };
  };
}

async function setTags({ clients }: ApiDeps, { id }: Dispatch, tags: string[]): Promise<{ status: number }> {
  await clients.of(DispatchService).updateDispatch({ dispatch: { id, tags }, updateMask: { paths: ["tags"] } });
  return { status: 204 };
}
