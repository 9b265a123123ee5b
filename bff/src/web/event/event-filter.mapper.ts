import type { MessageInitShape } from "@bufbuild/protobuf";
import type { EventFilterView, EventFilterViewSchema } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import type { EventFilter, EventFilterSchema } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";

/** The lists that both have. */
function listsOf(filter: EventFilterView | EventFilter) {
  const { types, courseIds, registrationIds, learnerIds, destinationIds, dispatchIds, tags } = filter;
  return { types, courseIds, registrationIds, learnerIds, destinationIds, dispatchIds, tags };
}

export function toEventFilter(filter: EventFilterView | undefined): MessageInitShape<typeof EventFilterSchema> {
  return filter ? listsOf(filter) : {};
}

export function toEventFilterView(filter: EventFilter | undefined): MessageInitShape<typeof EventFilterViewSchema> {
  return filter ? listsOf(filter) : {};
}
