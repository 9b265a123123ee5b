import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { StateScope, StateService } from "@coursemesh/proto/coursemesh/lrs/v1/state_pb.ts";
import { readAgentKey } from "../agent/read-agent.ts";
import { listDocumentIds, readDocument } from "../document/document-rpc.ts";
import type { DocumentScope } from "../document/document-scope.ts";
import type { DocumentStore } from "../document/document-store.ts";

/** StateService. */
export function stateRpc(documents: DocumentStore): ServiceImpl<typeof StateService> {
  return {
    async getState({ scope, stateId }, context) {
      const address = { scope: scopeOf(scope), id: stateId };
      return { document: await readDocument(documents, organizationOf(context), address) };
    },
    async listStates(request, context) {
      const { ids, page } = await listDocumentIds(documents, organizationOf(context), scopeOf(request.scope), request);
      return { stateIds: ids, page };
    },
    async putState({ scope, stateId, ...write }, context) {
      return { etag: await documents.put(organizationOf(context), { scope: scopeOf(scope), id: stateId }, write) };
    },
    async mergeState({ scope, stateId, ...write }, context) {
      return { etag: await documents.merge(organizationOf(context), { scope: scopeOf(scope), id: stateId }, write) };
    },
    async deleteState({ scope, stateId, precondition }, context) {
      await documents.remove(organizationOf(context), { scope: scopeOf(scope), id: stateId }, precondition);
      return {};
    },
    async deleteStates({ scope }, context) {
      await documents.removeAll(organizationOf(context), scopeOf(scope));
      return {};
    },
  };
}

/** @throws AGENT_INVALID */
function scopeOf(scope: StateScope | undefined): DocumentScope {
  const { activityId = "", agentJson = "", registration = "" } = scope ?? {};
  return { resource: "state", activityId, agentKey: readAgentKey(agentJson), registration: registration.toLowerCase() };
}
