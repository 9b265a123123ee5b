import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type StateScopeSchema, StateService } from "@coursemesh/proto/coursemesh/lrs/v1/state_pb.ts";
import type { DocumentStore } from "./document-store.ts";
import { PAGE_SIZE } from "./list-all-ids.ts";

/** What an activity keeps for one agent (Communication 2.3). */
export function stateStore(clients: Clients): DocumentStore<MessageInitShape<typeof StateScopeSchema>> {
  const states = clients.of(StateService);
  return {
    idParameter: "stateId",
    scopeParameters: ["activityId", "agent", "registration"],
    demands: {
      PUT: { activityId: "XAPI-00210", agent: "XAPI-00215", stateId: "XAPI-00206" },
      POST: { activityId: "XAPI-00209", agent: "XAPI-00214", stateId: "XAPI-00211" },
      GET: { activityId: "XAPI-00208", agent: "XAPI-00213" },
      DELETE: { activityId: "XAPI-00207", agent: "XAPI-00212" },
    },
    readScope: (parameters) => ({
      activityId: parameters.iri("activityId") ?? "",
      agentJson: parameters.text("agent") ?? "",
      registration: parameters.uuid("registration") ?? "",
    }),
    get: async (scope, stateId) => (await states.getState({ scope, stateId })).document,
    async list(scope, since, pageToken) {
      const page = { pageSize: PAGE_SIZE, pageToken };
      const { stateIds, page: next } = await states.listStates({ page, scope, ...(since && { since }) });
      return { ids: stateIds, nextPageToken: next?.nextPageToken ?? "" };
    },
    put: async (scope, stateId, written) => (await states.putState({ scope, stateId, ...written })).etag,
    merge: async (scope, stateId, written) => (await states.mergeState({ scope, stateId, ...written })).etag,
    remove: async (scope, stateId, precondition) => void (await states.deleteState({ scope, stateId, precondition })),
    removeAll: async (scope) => void (await states.deleteStates({ scope })),
  };
}
