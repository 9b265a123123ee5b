import { Group } from "@mantine/core";
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

const GOOD = "var(--cm-passed)";
const WAIT = "var(--cm-incomplete)";
const BAD = "var(--cm-failed)";
const STILL = "var(--cm-not-attempted)";

const ENDPOINT = {
  active: { icon: IconPlayerPlay, colour: GOOD },
  failing: { icon: IconAlertTriangle, colour: WAIT },
  disabled: { icon: IconPlayerPause, colour: STILL },
  suspended: { icon: IconBan, colour: BAD },
} as const;

const DELIVERY = {
  queued: { icon: IconClock, colour: STILL },
  retrying: { icon: IconRefresh, colour: WAIT },
  held: { icon: IconPlayerPause, colour: STILL },
  delivered: { icon: IconCircleCheck, colour: GOOD },
  failed: { icon: IconCircleX, colour: BAD },
  canceled: { icon: IconBan, colour: STILL },
} as const;

const REPLAY = {
  waiting: { icon: IconClock, colour: STILL },
  running: { icon: IconRefresh, colour: WAIT },
  done: { icon: IconCircleCheck, colour: GOOD },
  canceled: { icon: IconBan, colour: STILL },
} as const;

/** Whether an endpoint is told: glyph, word and colour. */
export function EndpointStatus({ status }: { readonly status: string }) {
  const { t } = useTranslation();
  const known = knownOf(ENDPOINT, status);
  return known ? <Word look={ENDPOINT[known]}>{t(`webhooks.status_${known}`)}</Word> : <span>{status}</span>;
}

/** Where a delivery is. */
export function DeliveryState({ state }: { readonly state: string }) {
  const { t } = useTranslation();
  const known = knownOf(DELIVERY, state);
  return known ? <Word look={DELIVERY[known]}>{t(`webhooks.state_${known}`)}</Word> : <span>{state}</span>;
}

/** How far a replay is. */
export function ReplayState({ state }: { readonly state: string }) {
  const { t } = useTranslation();
  const known = knownOf(REPLAY, state);
  return known ? <Word look={REPLAY[known]}>{t(`webhooks.replay_${known}`)}</Word> : <span>{state}</span>;
}

function knownOf<Looks extends object>(looks: Looks, word: string): Extract<keyof Looks, string> | undefined {
  for (const key in looks) if (key === word) return key;
  return undefined;
}

function Word(props: {
  readonly look: { readonly icon: typeof IconClock; readonly colour: string };
  readonly children: ReactNode;
}) {
  const { icon: Icon, colour } = props.look;
  return (
    <Group component="span" gap={6} wrap="nowrap" c={colour} fz="sm" style={{ whiteSpace: "nowrap" }}>
      <Icon size={16} aria-hidden="true" style={{ flex: "none" }} />
      {props.children}
    </Group>
  );
}
