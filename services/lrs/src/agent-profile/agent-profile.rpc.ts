import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { AgentProfileService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_profile_pb.ts";
import { readAgentKey } from "../agent/read-agent.ts";
import { listDocumentIds, readDocument } from "../document/document-rpc.ts";
import type { DocumentScope } from "../document/document-scope.ts";
import type { DocumentAddress, DocumentStore } from "../document/document-store.ts";

/** AgentProfileService. */
export function agentProfileRpc(documents: DocumentStore): ServiceImpl<typeof AgentProfileService> {
  return {
    async getAgentProfile(request, context) {
      return { document: await readDocument(documents, organizationOf(context), addressOf(request)) };
    },
    async listAgentProfiles(request, context) {
      const scope = scopeOf(request.agentJson);
      const { ids, page } = await listDocumentIds(documents, organizationOf(context), scope, request);
      return { profileIds: ids, page };
    },
    async putAgentProfile(request, context) {
      return { etag: await documents.put(organizationOf(context), addressOf(request), request) };
    },
    async mergeAgentProfile(request, context) {
      return { etag: await documents.merge(organizationOf(context), addressOf(request), request) };
    },
    async deleteAgentProfile(request, context) {
      await documents.remove(organizationOf(context), addressOf(request), request.precondition);
      return {};
    },
  };
}

function addressOf(request: { readonly agentJson: string; readonly profileId: string }): DocumentAddress {
  return { scope: scopeOf(request.agentJson), id: request.profileId };
}

/** @throws AGENT_INVALID */
function scopeOf(agentJson: string): DocumentScope {
  return { resource: "agentProfile", activityId: "", agentKey: readAgentKey(agentJson), registration: "" };
}
