import { Group } from "@mantine/core";
import {
  IconAntenna,
  IconCalendarEvent,
  IconCalendarOff,
  IconCircleCheck,
  IconHandStop,
  IconPlayerPause,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

const LOOKS = {
  active: { icon: IconCircleCheck, colour: "var(--cm-passed)" },
  awaiting_contact: { icon: IconAntenna, colour: "var(--cm-incomplete)" },
  scheduled: { icon: IconCalendarEvent, colour: "var(--cm-complete)" },
  expired: { icon: IconCalendarOff, colour: "var(--cm-failed)" },
  limit_reached: { icon: IconHandStop, colour: "var(--cm-failed)" },
  disabled: { icon: IconPlayerPause, colour: "var(--cm-not-attempted)" },
  suspended: { icon: IconPlayerPause, colour: "var(--cm-not-attempted)" },
} as const;

/** Where a dispatch, a licence or a deployment stands: glyph, word and colour. */
export function DispatchStatus({ status }: { readonly status: string }) {
  const { t } = useTranslation();
  if (!isStatus(status)) return <span>{status || "—"}</span>;
  const { icon: Icon, colour } = LOOKS[status];
  return (
    <Group component="span" gap={5} wrap="nowrap" c={colour} fz="sm" fw={500} style={{ whiteSpace: "nowrap" }}>
      <Icon size={16} aria-hidden="true" />
      <span>{t(`dispatch.status_${status}`)}</span>
    </Group>
  );
}

function isStatus(word: string): word is keyof typeof LOOKS {
  return Object.hasOwn(LOOKS, word);
}
