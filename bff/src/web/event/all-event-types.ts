import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { EventService, type EventType } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";

const PAGE = 200;

/** Every type of event, whatever the length of the service's pages. */
export async function allEventTypes(clients: Clients): Promise<EventType[]> {
  const all: EventType[] = [];
  let pageToken = "";
  do {
    const answer = await clients.of(EventService).listEventTypes({ page: { pageSize: PAGE, pageToken } });
    all.push(...answer.eventTypes);
    pageToken = answer.page?.nextPageToken ?? "";
  } while (pageToken !== "");
  return all;
}
