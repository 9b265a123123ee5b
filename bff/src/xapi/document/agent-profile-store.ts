import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { AgentProfileService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_profile_pb.ts";
import type { DocumentStore } from "./document-store.ts";
import { PAGE_SIZE } from "./list-all-ids.ts";

/** What belongs to a person, whatever the activity (Communication 2.6). The scope is the agent's JSON. */
export function agentProfileStore(clients: Clients): DocumentStore<string> {
  const profiles = clients.of(AgentProfileService);
  return {
    idParameter: "profileId",
    scopeParameters: ["agent"],
    demands: {
      PUT: { agent: "XAPI-00264", profileId: "XAPI-00267" },
      POST: { agent: "XAPI-00263", profileId: "XAPI-00266" },
      GET: { agent: "XAPI-00261" },
      DELETE: { agent: "XAPI-00262", profileId: "XAPI-00265" },
    },
    readScope: (parameters) => parameters.text("agent") ?? "",
    get: async (agentJson, profileId) => (await profiles.getAgentProfile({ agentJson, profileId })).document,
    async list(agentJson, since, pageToken) {
      const page = { pageSize: PAGE_SIZE, pageToken };
      const answer = await profiles.listAgentProfiles({ page, agentJson, ...(since && { since }) });
      return { ids: answer.profileIds, nextPageToken: answer.page?.nextPageToken ?? "" };
    },
    put: async (agentJson, profileId, written) =>
      (await profiles.putAgentProfile({ agentJson, profileId, ...written })).etag,
    merge: async (agentJson, profileId, written) =>
      (await profiles.mergeAgentProfile({ agentJson, profileId, ...written })).etag,
    remove: async (agentJson, profileId, precondition) =>
      void (await profiles.deleteAgentProfile({ agentJson, profileId, precondition })),
  };
}
