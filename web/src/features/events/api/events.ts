import { create } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { useInfiniteQuery, useQuery, useTransport } from "@connectrpc/connect-query";
import { EventFilterViewSchema, EventViewService } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import { keepPreviousData, skipToken } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";
import { type EventFilters, millisOf, toFilterView } from "../event-filters.ts";
import { EventTail, type TailState } from "../event-tail.ts";

const PAGE_SIZE = 50;
const DAY_MS = 86_400_000;
/** Steps of the histogram. */
const STEPS = 60;
/** How often the histogram is read again while the tail is live, milliseconds. */
const COUNT_MS = 10_000;

/** Events page by page, newest first. */
export function useEvents(filters: EventFilters) {
  return useInfiniteQuery(
    EventViewService.method.listEvents,
    {
      filter: toFilterView(filters),
      query: filters.q?.trim() ?? "",
      actorId: filters.actor ?? "",
      traceId: filters.trace ?? "",
      since: millisOf(filters.since),
      until: millisOf(filters.until),
      pageSize: PAGE_SIZE,
      pageToken: "",
    },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
}

/** The time the histogram shows: what is asked for, or the last day. */
export function histogramRange(filters: EventFilters, now: number): { readonly since: number; readonly until: number } {
  const until = Number(millisOf(filters.until)) || Math.ceil(now / 60_000) * 60_000;
  const since = Number(millisOf(filters.since)) || until - DAY_MS;
  return { since: Math.min(since, until - 1000), until };
}

/** How many events match over time. */
export function useEventCounts(filters: EventFilters, range: { since: number; until: number }, live: boolean) {
  return useQuery(
    EventViewService.method.countEvents,
    {
      filter: toFilterView(filters),
      query: filters.q?.trim() ?? "",
      since: BigInt(range.since),
      until: BigInt(range.until),
      steps: STEPS,
    },
    { placeholderData: keepPreviousData, refetchInterval: live ? COUNT_MS : false },
  );
}

/** One event; an empty id asks for none. */
export function useEvent(id: string) {
  return useQuery(EventViewService.method.getEvent, id === "" ? skipToken : { id });
}

/** Types with schemas and examples, and courses to choose from. They change with releases and imports, not while a page is open. */
export function useEventCatalogue() {
  return useQuery(EventViewService.method.getEventCatalogue, {}, { staleTime: 60_000 });
}

/** Events that match, as they come while `on`; what has come stays afterwards. The list is read again where the tail begins. */
export function useEventTail(filters: EventFilters, on: boolean): { tail: EventTail; state: TailState } {
  const transport = useTransport();
  const invalidate = useInvalidate();
  const wanted = JSON.stringify(toFilterView(filters));
  const tail = useMemo(() => {
    const filter = create(EventFilterViewSchema, JSON.parse(wanted));
    const client = createClient(EventViewService, transport);
    return new EventTail((cursor, signal) => client.tailEvents({ filter, cursor }, { signal }));
  }, [wanted, transport]);
  useEffect(() => {
    if (!on) return;
    const stop = new AbortController();
    void tail.follow(stop.signal);
    return () => stop.abort();
  }, [tail, on]);
  const state = useSyncExternalStore(tail.subscribe, tail.state);
  const { since } = state;
  useEffect(() => {
    if (since > 0) void invalidate(EventViewService);
  }, [since, invalidate]);
  return { tail, state };
}
