import { Button, Group, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { formatClock } from "../../../lib/format/time.ts";
import { usePreferences } from "../../../lib/preferences.ts";
import type { StatementTail, TailState } from "../statement/statement-tail.ts";

/** State of the live tail: since when, whether it is connected, what waits; pausing and showing. Rows are never announced by themselves. */
export function LiveBar(props: {
  readonly tail: StatementTail;
  readonly state: TailState;
  readonly paused: boolean;
  readonly onPaused: (paused: boolean) => void;
}) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const { tail, state, paused, onPaused } = props;
  if (state.status === "refused") return <ErrorPanel error={state.error} what={t("statements.liveWhat")} />;
  const broken = state.status === "reconnecting";
  const still = paused || state.status !== "live";
  const text =
    state.status === "live"
      ? t(paused ? "statements.livePaused" : "statements.liveSince", {
          time: formatClock(state.since, i18n.language, zone),
        })
      : t(`statements.live_${state.status}`);
  return (
    <Group gap="xs" mb="sm">
      <Group gap={6} wrap="nowrap" c={broken ? "var(--cm-incomplete)" : still ? "dimmed" : "var(--cm-passed)"}>
        {broken ? (
          <IconPlugConnectedX size={16} aria-hidden="true" />
        ) : (
          <span
            aria-hidden="true"
            style={{
              width: 8,
              height: 8,
              borderRadius: 4,
              background: still ? "var(--cm-not-attempted-fill)" : "var(--cm-passed-fill)",
            }}
          />
        )}
        <Text fz="sm" role="status">
          {text}
        </Text>
      </Group>
      <Button
        variant="default"
        leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        onClick={() => onPaused(!paused)}
      >
        {t(paused ? "statements.resume" : "statements.pause")}
      </Button>
      {state.waiting.length > 0 && (
        <Button variant="light" onClick={() => tail.show()}>
          {t("statements.showNew", { count: state.waiting.length })}
        </Button>
      )}
    </Group>
  );
}
