import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import { DeliveryService } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { ReplayService } from "@coursemesh/proto/coursemesh/webhook/v1/replay_pb.ts";
import { SecretService } from "@coursemesh/proto/coursemesh/webhook/v1/secret_pb.ts";

/** Every service of the webhook contract. */
export const webhookServices: readonly DescService[] = [
  DeliveryService,
  EndpointService,
  EventService,
  ReplayService,
  SecretService,
];

/** The contract is there for others to build against; each RPC answers NOT_BUILT until its work lands. */
export function webhookRoutes(router: ConnectRouter): void {
  for (const service of webhookServices) registerPartly(router, service, {});
}
