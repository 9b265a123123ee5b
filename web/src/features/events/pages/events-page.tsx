import { Button, Paper } from "@mantine/core";
import { IconAntenna, IconWebhook } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../components/empty-state.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { ButtonLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { StepBars } from "../../../components/step-bars.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useScrolledAway } from "../../../lib/use-scrolled-away.ts";
import { histogramRange, useEventCounts, useEvents, useEventTail } from "../api/events.ts";
import { EventCard, useEventColumns } from "../components/event-columns.tsx";
import { EventDrawer } from "../components/event-drawer.tsx";
import { EventFilterFields, ValueFilters } from "../components/event-filter-fields.tsx";
import { EventLiveBar } from "../components/event-live-bar.tsx";
import { activeFilters, type EventFilters, matchesRest } from "../event-filters.ts";
import type { TailItem } from "../event-tail.ts";
import { EventsLayout } from "./events-layout.tsx";

/** Watch and search everything that happened. */
export function EventsPage(props: {
  readonly filters: EventFilters;
  /** Some filters changed; the others stay. */
  readonly onChange: (change: EventFilters) => void;
  readonly onClear: () => void;
  readonly live: boolean;
  readonly onLive: (live: boolean) => void;
  /** Id of the event that is open, empty for none. */
  readonly open: string;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { filters, onChange } = props;
  // A tail has no end.
  const canLive = !filters.until;
  const live = props.live && canLive;
  const query = useEvents(filters);
  const { tail, state } = useEventTail(filters, live);
  const [paused, setPaused] = useState(false);
  const away = useScrolledAway();
  useEffect(() => tail.hold(live && (paused || away)), [tail, live, paused, away]);
  const columns = useEventColumns(props.onOpen, onChange);
  const seen = (item: TailItem) => "gap" in item || matchesRest(item.event, filters);
  const listed = query.data?.pages.flatMap((page) => page.events);
  const arrived = canLive ? state.items.filter(seen) : [];
  const waiting = canLive ? state.waiting.filter(seen) : [];
  const inTail = new Set([...arrived, ...waiting].map(keyOf));
  const rows = listed && [
    ...arrived,
    ...listed.filter(({ id }) => !inTail.has(id)).map((event): TailItem => ({ event })),
  ];
  const active = activeFilters(filters);
  return (
    <EventsLayout
      actions={
        <>
          <ButtonLink
            to="/o/$org/webhooks/endpoints"
            params={{ org: slug }}
            search={{ create: true, ...(filters.types?.length && { types: [...filters.types] }) }}
            variant="default"
            leftSection={<IconWebhook size={16} />}
          >
            {t("events.subscribe")}
          </ButtonLink>
          <Button
            variant={live ? "light" : "default"}
            leftSection={<IconAntenna size={16} />}
            aria-pressed={live}
            disabled={!canLive}
            title={canLive ? undefined : t("events.liveNot")}
            onClick={() => {
              setPaused(false);
              props.onLive(!props.live);
            }}
          >
            {t("events.live")}
          </Button>
        </>
      }
    >
      <FilterBar
        query={filters.q ?? ""}
        onQuery={(q) => onChange({ q: q.trim() || undefined })}
        searchLabel={t("events.search")}
        activeFilters={active - (filters.q ? 1 : 0)}
      >
        <EventFilterFields filters={filters} onChange={onChange} />
      </FilterBar>
      <ValueFilters filters={filters} onChange={onChange} />
      <EventHistogram filters={filters} onChange={onChange} live={live} />
      {live && (
        <EventLiveBar tail={tail} state={state} waiting={waiting.length} paused={paused || away} onPaused={setPaused} />
      )}
      <ListPanel
        query={query}
        rows={rows}
        columns={columns}
        rowKey={keyOf}
        card={(item) => <EventCard item={item} onOpen={props.onOpen} onChange={onChange} />}
        what={t("events.what")}
        filtered={active > 0}
        onClearFilters={props.onClear}
        empty={
          <EmptyState
            title={t(live ? "events.listening" : "events.none")}
            text={t("events.noneText")}
            command={`curl -u "$COURSEMESH_KEY" '${location.origin}/api/v1/events?waitSeconds=30'`}
          />
        }
      />
      {props.open && <EventDrawer key={props.open} id={props.open} onClose={() => props.onOpen("")} />}
    </EventsLayout>
  );
}

const keyOf = (item: TailItem): string => ("event" in item ? item.event.id : item.gap.id);

/** How many there were over time; a click on a bar looks into it. */
function EventHistogram(props: {
  readonly filters: EventFilters;
  readonly onChange: (change: EventFilters) => void;
  readonly live: boolean;
}) {
  const { t } = useTranslation();
  const { filters, live } = props;
  const { since: from, until: to } = filters;
  const range = useMemo(() => histogramRange({ since: from, until: to }, Date.now()), [from, to]);
  const { data } = useEventCounts(filters, range, live);
  // Words that nobody counts would make the bars say something else than the rows.
  if (!data || filters.actor || filters.trace) return null;
  const width = (range.until - range.since) / data.counts.length;
  const iso = (index: number) => new Date(Math.round(range.since + index * width)).toISOString();
  return (
    <Paper p="sm" mb="sm">
      <StepBars
        label={t("events.histogram")}
        series={[{ name: t("events.heading"), colour: "var(--cm-complete-fill)" }]}
        steps={data.counts.map((count, index) => ({ start: range.since + index * width, counts: [Number(count)] }))}
        onPick={(index) => props.onChange({ since: iso(index), until: iso(index + 1) })}
      />
    </Paper>
  );
}
