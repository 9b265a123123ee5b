import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./chart.module.css";
import { type ChartPoint, type ChartSeries, pointWords } from "./chart-data.ts";

/** Points a key moves by. */
const MOVES: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 };

/**
 * A column over each point of a chart. They are one stop of the Tab key; arrows go from point to point, Home and End to the ends, Enter
 * opens what is behind. Whatever has the focus or the pointer shows its numbers.
 */
export function ChartPoints(props: {
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly points: readonly ChartPoint[];
  readonly inset: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}) {
  const { t } = useTranslation();
  const { points, series, inset } = props;
  const group = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(points.length - 1);
  const [shown, setShown] = useState<number>();
  const current = Math.max(0, Math.min(focused, points.length - 1));
  const move = (event: KeyboardEvent) => {
    const step = MOVES[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? points.length - 1 : step && current + step;
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(to, points.length - 1));
    setFocused(next);
    group.current?.querySelectorAll("button")[next]?.focus();
  };
  const point = shown === undefined ? undefined : points[shown];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={group}
      role="group"
      aria-label={t("chart.points", { name: props.label })}
      className={classes.points}
      style={{
        insetInlineStart: inset.left,
        insetInlineEnd: inset.right,
        insetBlockStart: inset.top,
        insetBlockEnd: inset.bottom,
      }}
      onKeyDown={move}
      onMouseLeave={() => setShown(undefined)}
    >
      {points.map((one, index) => (
        <button
          key={one.key}
          type="button"
          className={classes.point}
          data-point={one.key}
          data-opens={one.onOpen ? "true" : undefined}
          tabIndex={index === current ? 0 : -1}
          aria-label={`${pointWords(one, series)}${one.unfinished ? `. ${t("chart.unfinished")}` : ""}`}
          onFocus={() => {
            setFocused(index);
            setShown(index);
          }}
          onBlur={() => setShown(undefined)}
          onMouseEnter={() => setShown(index)}
          onClick={one.onOpen}
        />
      ))}
      {point && shown !== undefined && (
        <PointTip point={point} series={series} share={(shown + 0.5) / Math.max(1, points.length)} />
      )}
    </div>
  );
}

function PointTip(props: {
  readonly point: ChartPoint;
  readonly series: readonly ChartSeries[];
  /** Where it is, 0 left to 1 right. */
  readonly share: number;
}) {
  const { t } = useTranslation();
  const { point, series, share } = props;
  const side = share < 0.5 ? { left: `calc(${share * 100}% + 12px)` } : { right: `calc(${(1 - share) * 100}% + 12px)` };
  return (
    <div className={classes.tip} style={side} aria-hidden="true">
      <strong>{point.label}</strong>
      {series.map(({ key, label, colour, dashed, format }) => {
        const value = point.values[key];
        return value === undefined ? null : (
          <div key={key} className={classes.tipRow}>
            <span className={classes.swatch} data-dashed={dashed} style={{ color: colour }} />
            <span>{label}</span>
            <b>{format(value)}</b>
          </div>
        );
      })}
      {point.unfinished && <span className={classes.tipNote}>{t("chart.unfinished")}</span>}
      {point.onOpen && <span className={classes.tipNote}>{t("chart.opens")}</span>}
    </div>
  );
}
