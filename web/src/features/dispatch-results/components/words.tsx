import { Group } from "@mantine/core";
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
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

const DEPLOYMENT = {
  active: { icon: IconPlayerPlay, colour: GOOD },
  suspended: { icon: IconPlayerPause, colour: BAD },
  expired: { icon: IconClock, colour: STILL },
} as const;

const ACKNOWLEDGEMENT = {
  nothing: { icon: IconCircleDashed, colour: STILL },
  accepted: { icon: IconCircleCheck, colour: GOOD },
  pending: { icon: IconClock, colour: WAIT },
  refused: { icon: IconCircleX, colour: BAD },
} as const;

const OUTCOME = {
  accepted: { icon: IconCircleCheck, colour: GOOD },
  tolerated: { icon: IconCircleCheck, colour: STILL },
  refused: { icon: IconCircleX, colour: BAD },
  threw: { icon: IconAlertTriangle, colour: BAD },
  silent: { icon: IconCircleDashed, colour: WAIT },
} as const;

const MOVE = {
  running: { icon: IconRefresh, colour: WAIT },
  waiting: { icon: IconPlayerPause, colour: WAIT },
  done: { icon: IconCircleCheck, colour: GOOD },
  reverted: { icon: IconBan, colour: STILL },
  failed: { icon: IconCircleX, colour: BAD },
} as const;

/** Whether a deployment launches: glyph, word and colour. */
export function DeploymentStatus({ status }: { readonly status: string }) {
  const { t } = useTranslation();
  const known = knownOf(DEPLOYMENT, status);
  return known ? <Word look={DEPLOYMENT[known]}>{t(`dispatchResults.status_${known}`)}</Word> : <span>{status}</span>;
}

/** Whether the host LMS has our result. */
export function Acknowledgement({ value }: { readonly value: string }) {
  const { t } = useTranslation();
  const known = knownOf(ACKNOWLEDGEMENT, value);
  return known ? <Word look={ACKNOWLEDGEMENT[known]}>{t(`dispatchResults.ack_${known}`)}</Word> : <span>—</span>;
}

/** What the host made of a call. */
export function Outcome({ value }: { readonly value: string }) {
  const { t } = useTranslation();
  const known = knownOf(OUTCOME, value);
  return known ? <Word look={OUTCOME[known]}>{t(`dispatchResults.outcome_${known}`)}</Word> : <span>—</span>;
}

/** How far a move is. */
export function MoveState({ state }: { readonly state: string }) {
  const { t } = useTranslation();
  const known = knownOf(MOVE, state);
  return known ? <Word look={MOVE[known]}>{t(`dispatchResults.move_${known}`)}</Word> : <span>{state}</span>;
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
