import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type { DispatchViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import type { ViewDeps } from "../view-deps.ts";
import { dispatchLists } from "./dispatch-lists.ts";
import { dispatchPage } from "./dispatch-page.ts";
import { toDispatch } from "./dispatch-row.mapper.ts";

/** Pages of dispatches. */
export function dispatchView(deps: ViewDeps): ServiceImpl<typeof DispatchViewService> {
  const dispatches = deps.clients.of(DispatchService);
  return {
    ...dispatchLists(deps),

    getDispatch: ({ id }) => dispatchPage(deps, id),

    async createDispatch({ requestId, destinationId, courseId, draft }) {
      const answer = await dispatches.createDispatch({
        requestId: requestId || uuidV7(),
        dispatch: { ...toDispatch(draft), destinationId, courseId },
      });
      return { id: answer.dispatch?.id ?? "", callbackSecret: answer.callbackSecret };
    },

    async updateDispatch({ id, etag, draft, paths }) {
      await dispatches.updateDispatch({ dispatch: { ...toDispatch(draft), id, etag }, updateMask: { paths } });
      return {};
    },

    async setDispatchEnabled({ id, enabled }) {
      await dispatches.updateDispatch({ dispatch: { id, enabled }, updateMask: { paths: ["enabled"] } });
      return {};
    },

    async deleteDispatch({ id }) {
      await dispatches.deleteDispatch({ id });
      return {};
    },

    async createTestLaunch({ id }) {
      return { url: (await dispatches.createTestLaunch({ requestId: uuidV7(), id })).url };
    },

    async rotateCallbackSecret({ requestId, id, overlapSeconds }) {
      const request = { requestId: requestId || uuidV7(), id, overlapSeconds };
      return { callbackSecret: (await dispatches.rotateCallbackSecret(request)).callbackSecret };
    },
  };
}
