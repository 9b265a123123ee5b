import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { type GuardedRoute, needs } from "../http/guarded-route.ts";
import { allEventTypes } from "../web/event/all-event-types.ts";
import { succeeded } from "./envelope.ts";
import { toEventBody, toEventTypeBody } from "./event/event.mapper.ts";
import { listEvents } from "./event/list-events.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The event log below `/api/v1`, for programs: pages behind a cursor, one event, the types. */
export function eventRoutes(clients: Clients, stopping: AbortSignal): readonly GuardedRoute[] {
  return [
    { method: "GET", path: "/events", access: needs(Permission.EVENT_READ), operation: listEvents(clients, stopping) },
    {
      method: "GET",
      path: "/events/:id",
      access: needs(Permission.EVENT_READ),
      async operation({ params: { id = "" } }) {
        if (!UUID.test(id)) throw fieldInvalid("id", "must be an event's id, a UUID");
        const { event } = await clients.of(EventService).getEvent({ id });
        return { status: 200, body: succeeded(event ? toEventBody(event) : null) };
      },
    },
    {
      method: "GET",
      path: "/event-types",
      access: "authenticated",
      async operation() {
        const types = await allEventTypes(clients);
        return { status: 200, body: succeeded({ eventTypes: types.map(toEventTypeBody) }) };
      },
    },
  ];
}
