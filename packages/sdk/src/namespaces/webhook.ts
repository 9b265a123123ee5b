import { DeliveryService } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { ReplayService } from "@coursemesh/proto/coursemesh/webhook/v1/replay_pb.ts";
import { SecretService } from "@coursemesh/proto/coursemesh/webhook/v1/secret_pb.ts";

/** Endpoints, events and deliveries. */
export const webhook = {
  deliveries: DeliveryService,
  endpoints: EndpointService,
  events: EventService,
  replays: ReplayService,
  secrets: SecretService,
} as const;
