import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./chart.module.css";

const HOUR = 3_600_000;
/** A Monday, 1970-01-05. */
const MONDAY = 4 * 24 * HOUR;

/** Counts by hour of the week as a table of shades. @param hours 168 numbers, Monday 00:00 first. */
export function WeekHeat({ hours, label }: { readonly hours: readonly number[]; readonly label: string }) {
  const { t, i18n } = useTranslation();
  const most = Math.max(1, ...hours);
  const day = new Intl.DateTimeFormat(i18n.language, { weekday: "short", timeZone: "UTC" });
  const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
  return (
    <table className={classes.week}>
      <caption className="visually-hidden">{label}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t("chart.weekday")}</span>
          </th>
          {Array.from({ length: 24 }, (_, hour) => (
            <th key={clock(hour)} scope="col">
              <span aria-hidden="true">{hour % 6 === 0 ? hour : ""}</span>
              <span className="visually-hidden">{clock(hour)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: 7 }, (_, weekday) => {
          const name = day.format(MONDAY + weekday * 24 * HOUR);
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              {Array.from({ length: 24 }, (__, hour) => {
                const count = hours[weekday * 24 + hour] ?? 0;
                const heat = count === 0 ? 0 : 15 + (count / most) * 85;
                return (
                  <Tooltip key={clock(hour)} label={`${name} ${clock(hour)} · ${count.toLocaleString(i18n.language)}`}>
                    <td style={{ "--heat": heat } as React.CSSProperties}>
                      <span className="visually-hidden">{count}</span>
                    </td>
                  </Tooltip>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
