import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { type Agent, AgentSchema, type AgentService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_pb.ts";
import type { AgentRepository, AgentRow } from "./agent.repository.ts";
import { personOf } from "./person.ts";
import { readAgent } from "./read-agent.ts";

/** AgentService. */
export function agentRpc(agents: AgentRepository): ServiceImpl<typeof AgentService> {
  return {
    async getPerson({ agentJson }, context) {
      const { agent, key } = readAgent(agentJson);
      const row = await agents.find(organizationOf(context), key);
      return { json: Buffer.from(JSON.stringify(personOf(agent, row?.names ?? []))) };
    },
    async listAgents({ page, query }, context) {
      const tenantId = organizationOf(context);
      const list = JSON.stringify([tenantId, "agents", query]);
      const start = readPageRequest(page, list);
      const found = await agents.list(tenantId, query, start);
      const { rows, nextPageToken } = cutPage(found, start, list, (row) => [row.name, row.id]);
      const total = page?.withTotal ? { total: await agents.count(tenantId, query) } : {};
      return { agents: rows.map(toAgent), page: { nextPageToken, ...total } };
    },
  };
}

function toAgent({ id, json, name, updatedAt }: AgentRow): Agent {
  return create(AgentSchema, { id, json, name, updateTime: timestampFromDate(updatedAt) });
}
