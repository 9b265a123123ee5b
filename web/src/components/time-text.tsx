import { Tooltip } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { ABSENT, formatDuration, isoDuration } from "../lib/format/duration.ts";
import { formatDateTime, timePhrase, zoneName } from "../lib/format/time.ts";
import { usePreferences } from "../lib/preferences.ts";

/** A moment in milliseconds since the epoch: "4 min ago" or "20 Nov 2026, 14:32"; the tooltip has zone, UTC and ISO. 0 is absent. */
export function TimeText({ time, absolute = false }: { readonly time: bigint | number; readonly absolute?: boolean }) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const now = useNow();
  const moment = Number(time);
  if (moment <= 0) return <span>{ABSENT}</span>;
  const phrase = absolute ? ({ kind: "absolute" } as const) : timePhrase(moment, now);
  const full = formatDateTime(moment, i18n.language, zone);
  const text =
    phrase.kind === "absolute"
      ? full
      : phrase.kind === "now"
        ? t("time.now")
        : t(`time.${phrase.kind}`, { count: phrase.count });
  const label = `${full} ${zoneName(zone)}\n${formatDateTime(moment, i18n.language, "utc")} UTC\n${new Date(moment).toISOString()}`;
  return (
    <Tooltip label={<span style={{ whiteSpace: "pre-line" }}>{label}</span>}>
      <time dateTime={new Date(moment).toISOString()} style={{ whiteSpace: "nowrap" }}>
        {text}
      </time>
    </Tooltip>
  );
}

/** Seconds as "1 h 04 min", ISO 8601 on hover. */
export function DurationText({ seconds }: { readonly seconds: number }) {
  if (seconds <= 0) return <span>{ABSENT}</span>;
  return (
    <span title={isoDuration(seconds)} style={{ whiteSpace: "nowrap" }}>
      {formatDuration(seconds)}
    </span>
  );
}

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times of the page, so that they change together; it stands still while nothing shows a time. */
function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}
