import { useTranslation } from "react-i18next";
import type { Today } from "../api/today.ts";
import { useFormats } from "../use-formats.ts";
import classes from "./board.module.css";

/** What happens right now: learners in a course, today's launches, the last hour minute by minute. */
export function LiveStrip({
  today,
  onOpen,
}: {
  readonly today: Today;
  /** Opens the registrations that are in a course now. */
  readonly onOpen?: () => void;
}) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const { status, figures } = today;
  if (status === "off") return null;
  const minutes = (figures?.launchesByMinute ?? []).map(Number);
  const most = Math.max(1, ...minutes);
  const launches = minutes.reduce((sum, value) => sum + value, 0);
  const open = Number(figures?.openSessionCount ?? 0n);
  const now = t("analytics.inCourse", { count: open, formatted: count(open) });
  return (
    <span className={classes.live} data-live={status}>
      <span className={classes.pulse} data-status={status} aria-hidden="true" />
      <b>{status === "live" ? t("analytics.live") : t("analytics.connecting")}</b>
      {figures && (
        <>
          {onOpen && open > 0 ? (
            <button type="button" className={classes.link} onClick={onOpen}>
              {now}
            </button>
          ) : (
            <span>{now}</span>
          )}
          <span>·</span>
          <span>
            {t("analytics.launchesToday", {
              count: Number(figures.today?.launches ?? 0n),
              formatted: count(figures.today?.launches ?? 0n),
            })}
          </span>
          {launches > 0 && (
            <span
              className={classes.minutes}
              role="img"
              aria-label={t("analytics.lastHour", { count: launches, formatted: count(launches) })}
            >
              {minutes.map((value, minute) => (
                <i key={minute} style={{ height: `${(value / most) * 100}%` }} />
              ))}
            </span>
          )}
        </>
      )}
    </span>
  );
}
