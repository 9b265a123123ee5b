import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { EndpointChoiceSchema } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { type Endpoint, EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";

/** Endpoints that a page chooses from and names; with those that courses bring along there may be more. */
const MOST = 200;

/** Names of endpoints, for rows that have their ids. */
export interface EndpointNames {
  readonly choices: MessageInitShape<typeof EndpointChoiceSchema>[];
  nameOf(id: string): string;
}

/** Reads them once for a page. */
export async function endpointNames(clients: Clients): Promise<EndpointNames> {
  const request = { withOwned: true, page: { pageSize: MOST } };
  const { endpoints } = await clients.of(EndpointService).listEndpoints(request);
  const names = new Map(endpoints.map(({ id, name }) => [id, name]));
  return { choices: endpoints.map(toEndpointChoice), nameOf: (id) => names.get(id) ?? "" };
}

export function toEndpointChoice({ id, name, url }: Endpoint): MessageInitShape<typeof EndpointChoiceSchema> {
  return { id, name, url };
}
