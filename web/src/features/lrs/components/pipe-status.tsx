import type { PipeRow } from "@coursemesh/proto/coursemesh/web/v1/pipe_view_pb.ts";
import { Group } from "@mantine/core";
import { IconAlertTriangle, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

const LOOKS = {
  running: { icon: IconPlayerPlay, colour: "var(--cm-passed)" },
  paused: { icon: IconPlayerPause, colour: "var(--cm-not-attempted)" },
  retrying: { icon: IconAlertTriangle, colour: "var(--cm-incomplete)" },
  stopped: { icon: IconPlayerStop, colour: "var(--cm-failed)" },
} as const;

/** Running, paused, failing or stopped: glyph, word and colour. */
export function PipeStatus({ pipe }: { readonly pipe: PipeRow }) {
  const { t } = useTranslation();
  const status = (Object.keys(LOOKS) as (keyof typeof LOOKS)[]).find((known) => known === pipe.status);
  if (!status) return <span>{pipe.status}</span>;
  const { icon: Icon, colour } = LOOKS[status];
  return (
    <Group component="span" gap={6} wrap="nowrap" c={colour} fz="sm" style={{ whiteSpace: "nowrap" }}>
      <Icon size={16} aria-hidden="true" style={{ flex: "none" }} />
      {t(`pipes.status_${status}`)}
    </Group>
  );
}

/** How far it is behind: statements that wait, and when the last one went. */
export function usePipeLag(): (pipe: PipeRow) => string {
  const { t, i18n } = useTranslation();
  return ({ waitingCount }) =>
    waitingCount > 0n
      ? t("pipes.waiting", { count: Number(waitingCount), formatted: waitingCount.toLocaleString(i18n.language) })
      : t("pipes.upToDate");
}
