import { Button, Group, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { formatClock } from "../../../lib/format/time.ts";
import { usePreferences } from "../../../lib/preferences.ts";
import { type EventTail, TAIL_ITEMS, type TailState } from "../event-tail.ts";

/** State of the live tail: since when, whether it is connected, how many wait; pausing and showing. Rows are never announced by themselves. */
export function EventLiveBar(props: {
  readonly tail: EventTail;
  readonly state: TailState;
  /** Waiting events that the page's filters let through. */
  readonly waiting: number;
  readonly paused: boolean;
  readonly onPaused: (paused: boolean) => void;
}) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const { tail, state, paused, waiting } = props;
  if (state.status === "refused") return <ErrorPanel error={state.error} what={t("events.liveWhat")} />;
  const broken = state.status === "reconnecting";
  const still = paused || state.status !== "live";
  const time = formatClock(state.since, i18n.language, zone);
  const text =
    state.status === "live"
      ? t(paused ? "events.livePaused" : "events.liveSince", { time })
      : t(`events.live_${state.status}`);
  return (
    <Group gap="xs" mb="sm">
      <Group gap={6} wrap="nowrap" c={broken ? "var(--cm-incomplete)" : still ? "dimmed" : "var(--cm-passed)"}>
        {broken && <IconPlugConnectedX size={16} aria-hidden="true" />}
        <Text fz="sm" role="status">
          {text}
        </Text>
      </Group>
      <Button
        variant="default"
        leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        onClick={() => props.onPaused(!paused)}
      >
        {t(paused ? "events.resume" : "events.pause")}
      </Button>
      {waiting > 0 && (
        <Button variant="light" onClick={() => tail.show()}>
          {t("events.showNew", { count: waiting })}
        </Button>
      )}
      {state.waiting.length >= TAIL_ITEMS && (
        <Text fz="xs" c="dimmed">
          {t("events.bufferFull", { count: TAIL_ITEMS })}
        </Text>
      )}
    </Group>
  );
}
