import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { AgentService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_pb.ts";
import { JSON_TYPE, type XapiOperation } from "../request/xapi-request.ts";

/** GET agents: the Person with all that is known under one identifier (Communication 2.4). */
export function getPerson(clients: Clients): XapiOperation {
  const agents = clients.of(AgentService);
  return async ({ parameters }) => {
    const { json } = await agents.getPerson({ agentJson: parameters.required("agent", "XAPI-00243") });
    return { status: 200, headers: { "content-type": JSON_TYPE }, body: Buffer.from(json) };
  };
}
