import "@mantine/charts/styles.css";
import { CompositeChart } from "@mantine/charts";
import { useId } from "react";
import classes from "./chart.module.css";
import type { ChartPoint, ChartSeries } from "./chart-data.ts";
import { ChartPoints } from "./chart-points.tsx";

/** Width of the vertical axis and height of the horizontal one, pixels; the points over the chart stand between them. */
const AXIS = { left: 52, right: 4, top: 8, bottom: 32 } as const;

/** A line across the chart at a place of the horizontal axis. */
export interface ChartMark {
  readonly at: string;
  readonly label: string;
}

interface ChartProps {
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly points: readonly ChartPoint[];
  readonly height: number;
  readonly format: (value: number) => string;
  /** Upper end of the vertical axis; absent: what the numbers need. */
  readonly max?: number | undefined;
  readonly marks?: readonly ChartMark[];
}

/** Bars for counts, lines for shares; a column that can be focused and opened over each point. */
export default function PointChart({ label, series, points, height, format, max, marks = [] }: ChartProps) {
  const pattern = useId();
  const data = points.map(({ key, tick, values, unfinished }) => ({ key, tick, unfinished, ...values }));
  const ticks = new Map(points.map(({ key, tick }) => [key, tick]));
  const kinds = new Map(series.map((one) => [one.key, one]));
  return (
    <div className={classes.chart} style={{ height }}>
      <div aria-hidden="true" className={classes.drawing}>
        <CompositeChart
          h={height}
          data={data}
          dataKey="key"
          series={series.map(({ key, kind, colour, dashed }) => ({
            name: key,
            type: kind,
            color: colour,
            ...(dashed && { strokeDasharray: "4 4" }),
          }))}
          withTooltip={false}
          withDots={points.length < 2}
          connectNulls={false}
          curveType="linear"
          gridAxis="x"
          tickLine="none"
          strokeDasharray="0"
          strokeWidth={2}
          maxBarWidth={36}
          accessibilityLayer={false}
          composedChartProps={{
            margin: { top: AXIS.top, right: AXIS.right, bottom: 0, left: 0 },
            barCategoryGap: "22%",
            barGap: 2,
          }}
          xAxisProps={{
            scale: "band",
            height: AXIS.bottom,
            interval: "preserveStartEnd",
            minTickGap: 28,
            tickFormatter: (key: string) => ticks.get(key) ?? "",
          }}
          yAxisProps={{
            width: AXIS.left,
            tickFormatter: (value: number) => format(value),
            allowDecimals: max !== undefined,
            tickCount: 4,
            ...(max !== undefined && { domain: [0, max] }),
          }}
          barProps={({ name }) => {
            const stack = kinds.get(name)?.stack;
            return {
              ...(stack && { stackId: stack }),
              shape: ({ x, y, width, height, fill, payload }: BarShape) => (
                <ChartBar {...{ x, y, width, height, fill, payload }} pattern={pattern} rounded={!stack} />
              ),
            };
          }}
          lineProps={({ name }) => (kinds.get(name)?.dashed ? { strokeWidth: 1.5 } : {})}
          referenceLines={marks.map(({ at, label: text }) => ({
            x: at,
            label: text,
            color: "var(--cm-chart-mark)",
            strokeDasharray: "3 3",
            labelPosition: "insideTopRight",
          }))}
        />
      </div>
      <ChartPoints label={label} series={series} points={points} inset={AXIS} />
    </div>
  );
}

interface BarShape {
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly fill?: string | undefined;
  readonly payload?: { readonly unfinished?: boolean } | undefined;
}

/** A bar; one that still grows is hatched and has a dashed outline. */
function ChartBar(props: BarShape & { readonly pattern: string; readonly rounded: boolean }) {
  const { x = 0, y = 0, width = 0, height = 0, fill = "currentColor", payload, pattern, rounded } = props;
  if (height <= 0 || width <= 0) return null;
  const radius = rounded ? Math.min(3, width / 2, height) : 0;
  const path = `M${x},${y + height} V${y + radius} Q${x},${y} ${x + radius},${y} H${x + width - radius} Q${x + width},${y} ${x + width},${y + radius} V${y + height} Z`;
  if (!payload?.unfinished) return <path d={path} fill={fill} />;
  const id = `${pattern}-${fill.replaceAll(/\W/g, "")}`;
  return (
    <>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="5" fill={fill} />
      </pattern>
      <path d={path} fill={`url(#${id})`} stroke={fill} strokeWidth="1" strokeDasharray="3 2" />
    </>
  );
}
