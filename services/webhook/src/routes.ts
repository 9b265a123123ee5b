import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
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

/** What answers each service. */
export interface Handlers {
  readonly delivery: ServiceImpl<typeof DeliveryService>;
  readonly endpoint: ServiceImpl<typeof EndpointService>;
  readonly event: ServiceImpl<typeof EventService>;
  readonly replay: ServiceImpl<typeof ReplayService>;
  readonly secret: ServiceImpl<typeof SecretService>;
}

export function webhookRoutes(handlers: Handlers): (router: ConnectRouter) => void {
  return (router) => {
    router.service(DeliveryService, handlers.delivery);
    router.service(EndpointService, handlers.endpoint);
    router.service(EventService, handlers.event);
    router.service(ReplayService, handlers.replay);
    router.service(SecretService, handlers.secret);
  };
}
