import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { EventViewService } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import type { ViewDeps } from "../view-deps.ts";
import { allEventTypes } from "./all-event-types.ts";
import { courseChoices } from "./course-choices.ts";
import { toEventFilter } from "./event-filter.mapper.ts";
import { toEventRows, toEventTypeRow } from "./event-row.mapper.ts";

/** A tail ends after this, so that who lost access in the meantime does not go on reading. */
const TAIL_MS = 5 * 60 * 1000;

/** A time of a view as services want it; undefined for 0. */
export const timeOf = (millis: bigint) => (millis > 0n ? timestampFromMs(Number(millis)) : undefined);

/** `since` and `until` of a request, left out when they are 0. */
export function rangeOf({ since, until }: { readonly since: bigint; readonly until: bigint }) {
  const [from, to] = [timeOf(since), timeOf(until)];
  return { ...(from && { since: from }), ...(to && { until: to }) };
}

/** Pages of the event log. */
export function eventView(deps: ViewDeps): ServiceImpl<typeof EventViewService> {
  const { clients, directory } = deps;
  const events = clients.of(EventService);
  return {
    async listEvents({ filter, query, actorId, traceId, since, until, pageSize, pageToken }) {
      const answer = await events.searchEvents({
        filter: toEventFilter(filter),
        query,
        actorId,
        traceId,
        ...rangeOf({ since, until }),
        page: { pageSize, pageToken },
      });
      return {
        events: await toEventRows(answer.events, directory),
        nextPageToken: answer.page?.nextPageToken ?? "",
      };
    },

    async countEvents({ filter, query, since, until, steps }) {
      const { counts } = await events.countEvents({
        filter: toEventFilter(filter),
        query,
        ...rangeOf({ since, until }),
        steps,
      });
      return { counts };
    },

    async *tailEvents({ filter, cursor }, context) {
      const enough = AbortSignal.timeout(TAIL_MS);
      const signal = AbortSignal.any([context.signal, enough]);
      try {
        const wanted = { filter: toEventFilter(filter), afterCursor: cursor };
        for await (const answer of events.streamEvents(wanted, { signal }))
          yield { events: await toEventRows(answer.events, directory), cursor: answer.nextCursor };
      } catch (error) {
        if (!enough.aborted) throw error;
      }
    },

    async getEvent({ id }) {
      const { event } = await events.getEvent({ id });
      const [row] = await toEventRows(event ? [event] : [], directory);
      return row ? { event: row } : {};
    },

    async getEventCatalogue() {
      const [types, courses] = await Promise.all([allEventTypes(clients), courseChoices(deps)]);
      return { types: types.map(toEventTypeRow), courses };
    },
  };
}
