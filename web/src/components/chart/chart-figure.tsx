import { ActionIcon, Button, Group, Skeleton, Stack, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { saveFile } from "../../lib/save-file.ts";
import classes from "./chart.module.css";
import { type ChartPoint, type ChartSeries, chartCsv } from "./chart-data.ts";
import { ChartTable } from "./chart-table.tsx";
import type { ChartMark } from "./point-chart.tsx";

/** The library that draws is fetched when the first chart is. */
const PointChart = lazy(() => import("./point-chart.tsx"));
const HEIGHT = 224;

interface FigureProps {
  /** Its name, for the table and screen readers. */
  readonly label: string;
  /** What it shows, in a sentence. */
  readonly summary: string;
  /** What the points are: "Day". */
  readonly first: string;
  readonly series: readonly ChartSeries[];
  readonly points: readonly ChartPoint[];
}

/** A chart with its legend, and the same numbers as a table or a file. */
export function ChartFigure(
  props: FigureProps & {
    readonly format: (value: number) => string;
    readonly max?: number | undefined;
    readonly marks?: readonly ChartMark[];
  },
) {
  const { label, summary, series, points } = props;
  return (
    <ChartViews {...props} legend={series.length > 1 ? series : []}>
      <figure aria-label={`${label}. ${summary}`} style={{ margin: 0 }}>
        <Suspense fallback={<Skeleton height={HEIGHT} radius={6} />}>
          <PointChart
            label={label}
            series={series}
            points={points}
            height={HEIGHT}
            format={props.format}
            max={props.max}
            {...(props.marks && { marks: props.marks })}
          />
        </Suspense>
      </figure>
    </ChartViews>
  );
}

/** Any drawing of points, with the switch to its table beside it. */
export function ChartViews(
  props: FigureProps & {
    /** What its colours mean; absent: it has no legend. */
    readonly legend?: readonly ChartSeries[];
    readonly children: ReactNode;
  },
) {
  const { t } = useTranslation();
  const { label, first, series, points, legend = [] } = props;
  const [asTable, { toggle }] = useDisclosure(false);
  const download = () =>
    saveFile(new Blob([chartCsv(first, points, series)], { type: "text/csv;charset=utf-8" }), `${label}.csv`);
  return (
    <Stack gap={8}>
      {asTable ? <ChartTable caption={label} first={first} series={series} points={points} /> : props.children}
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <ChartLegend series={asTable ? [] : legend} />
        <Group gap={4} wrap="nowrap">
          <Tooltip label={t("chart.download")}>
            <ActionIcon size={24} aria-label={t("chart.downloadNamed", { name: label })} onClick={download}>
              <IconDownload size={14} />
            </ActionIcon>
          </Tooltip>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            fw={400}
            onClick={toggle}
            aria-pressed={asTable}
            aria-label={`${asTable ? t("common.viewAsChart") : t("common.viewAsTable")}: ${label}`}
          >
            {asTable ? t("common.viewAsChart") : t("common.viewAsTable")}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

function ChartLegend({ series }: { readonly series: readonly ChartSeries[] }) {
  return (
    <ul className={classes.legend}>
      {series.map(({ key, label, colour, dashed, kind }) => (
        <li key={key}>
          <span
            className={classes.swatch}
            data-dashed={dashed}
            data-kind={kind}
            style={{ color: colour }}
            aria-hidden="true"
          />
          {label}
        </li>
      ))}
    </ul>
  );
}
