import type { EventRow } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import { Anchor, Group, Stack, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { shortId } from "../../../lib/format/ids.ts";
import { formatLogTime } from "../../../lib/format/time.ts";
import { usePreferences } from "../../../lib/preferences.ts";
import type { EventFilters } from "../event-filters.ts";
import type { Gap, TailItem } from "../event-tail.ts";

interface CellProps {
  readonly event: EventRow;
  readonly onOpen: (id: string) => void;
  readonly onChange: (change: EventFilters) => void;
}

/** Time, type, object and actor; a click on a value filters by it. */
export function useEventColumns(
  onOpen: (id: string) => void,
  onChange: (change: EventFilters) => void,
): Column<TailItem>[] {
  const { t } = useTranslation();
  return [
    {
      key: "type",
      header: t("events.type"),
      cell: (item) => ("event" in item ? <EventName event={item.event} onOpen={onOpen} /> : <GapText gap={item.gap} />),
    },
    {
      key: "time",
      header: t("events.time"),
      cell: (item) => "event" in item && <EventTime event={item.event} />,
    },
    {
      key: "object",
      header: t("events.object"),
      cell: (item) => "event" in item && <EventObject event={item.event} onOpen={onOpen} onChange={onChange} />,
    },
    {
      key: "actor",
      header: t("events.actor"),
      cell: (item) => "event" in item && <EventActor event={item.event} onOpen={onOpen} onChange={onChange} />,
    },
  ];
}

/** The same in two lines. */
export function EventCard({ item, ...rest }: { readonly item: TailItem } & Omit<CellProps, "event">) {
  if ("gap" in item) return <GapText gap={item.gap} />;
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap">
        <EventName event={item.event} onOpen={rest.onOpen} />
        <Text span fz="xs" c="dimmed">
          <TimeText time={item.event.time} />
        </Text>
      </Group>
      <EventObject event={item.event} {...rest} />
    </Stack>
  );
}

function EventName({ event, onOpen }: Pick<CellProps, "event" | "onOpen">) {
  return (
    <Anchor
      component="button"
      type="button"
      fz="sm"
      fw={500}
      ff="monospace"
      ta="left"
      data-event={event.id}
      onClick={() => onOpen(event.id)}
    >
      {event.type}
    </Anchor>
  );
}

function EventTime({ event }: Pick<CellProps, "event">) {
  const { zone } = usePreferences();
  return (
    <Group gap={8} wrap="nowrap">
      <Text span fz="xs" className="numbers" style={{ whiteSpace: "nowrap" }}>
        {formatLogTime(Number(event.time), zone)}
      </Text>
      <Text span fz="xs" c="dimmed">
        <TimeText time={event.time} />
      </Text>
    </Group>
  );
}

/** Kinds of objects that events are about. */
type ObjectKey = "course" | "registration" | "learner" | "destination" | "dispatch";

function EventObject({ event, onChange }: CellProps) {
  const { t } = useTranslation();
  const values: [ObjectKey, string, string][] = [
    ["course", event.courseId, event.courseTitle || shortId(event.courseId)],
    ["registration", event.registrationId, shortId(event.registrationId)],
    ["learner", event.learnerId, event.learnerId],
    ["destination", event.destinationId, shortId(event.destinationId)],
    ["dispatch", event.dispatchId, shortId(event.dispatchId)],
  ];
  const set = values.filter(([, id]) => id !== "");
  if (set.length === 0)
    return (
      <Text span fz="sm" c="dimmed">
        —
      </Text>
    );
  return (
    <Group gap="4px 10px">
      {set.map(([key, id, text]) => (
        <Anchor
          key={key}
          component="button"
          type="button"
          fz="sm"
          c="inherit"
          maw={260}
          truncate
          title={`${t(`events.${key}`)}: ${id}`}
          aria-label={t("events.filterBy", { name: t(`events.${key}`), value: text })}
          onClick={() => onChange({ [key]: id })}
        >
          {text}
        </Anchor>
      ))}
    </Group>
  );
}

function EventActor({ event, onChange }: CellProps) {
  const { t } = useTranslation();
  const name = event.actorName || shortId(event.actorId);
  if (!name)
    return (
      <Text span fz="sm" c="dimmed">
        {t("events.system")}
      </Text>
    );
  return (
    <Anchor
      component="button"
      type="button"
      fz="sm"
      c="inherit"
      maw={200}
      truncate
      title={event.actorId}
      aria-label={t("events.filterBy", { name: t("events.actor"), value: name })}
      onClick={() => onChange({ actor: event.actorId })}
    >
      {name}
    </Anchor>
  );
}

/** Where the line was broken, and that nothing is missing, or that something is. */
function GapText({ gap }: { readonly gap: Gap }) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const time = (moment: number) => formatLogTime(moment, zone).slice(0, 8);
  return (
    <Group gap={6} wrap="nowrap" c={gap.missed ? "var(--cm-failed)" : "var(--cm-incomplete)"} data-gap>
      <IconPlugConnectedX size={16} aria-hidden="true" style={{ flex: "none" }} />
      <Text span fz="sm">
        {t(gap.missed ? "events.gapMissed" : "events.gap", { from: time(gap.from), to: time(gap.to) })}
      </Text>
    </Group>
  );
}
