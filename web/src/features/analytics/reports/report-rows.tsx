import type { ReportRowView, ReportView } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ChartFigure } from "../../../components/chart/chart-figure.tsx";
import type { Column } from "../../../components/data-table.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { useReportRows } from "../api/reports.ts";
import { useBoard } from "../board/board-context.ts";
import type { OpenFigure } from "../board/board-search.ts";
import classes from "../components/board.module.css";
import { useFormats } from "../use-formats.ts";
import { type Dimension, isDimension, isMeasure, type Measure } from "./report-draft.ts";

/** Registrations that a measure of a row counts, as a figure's kind; the others are averages and sums. */
const FIGURES: Partial<Record<Measure, string>> = {
  active_learners: "active",
  registrations: "registered",
  new_registrations: "new",
  launches: "launched",
  completed: "completed",
  passed: "passed",
  failed: "failed",
  completion_rate: "completed",
  pass_rate: "passed",
};
const NARROWS: Partial<Record<Dimension, "course" | "version" | "learner" | "destination">> = {
  course: "course",
  course_version: "version",
  learner: "learner",
  destination: "destination",
};

/** Rows that a chart has room for. */
const BARS = 60;

/** Runs a report and shows its rows, those of one dimension also as bars. */
export function ReportRows({ report }: { readonly report: ReportView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { range } = useBoard();
  const query = useReportRows(report);
  const measures = report.measures.filter(isMeasure);
  const dimensions = report.dimensions.filter(isDimension);
  const rows = query.data?.pages.flatMap((page) => page.rows);
  const cell = useCellText();
  const nameOf = ({ keys }: ReportRowView, index: number): string => {
    const { key = "", name = "" } = keys[index] ?? {};
    const dimension = dimensions[index];
    if (dimension === "time") return formats.label(Date.parse(key), range.step);
    if (dimension === "status" && isStatus(key)) return t(`analytics.status_${key}`);
    return name || key || t("analytics.without");
  };
  const columns: Column<ReportRowView>[] = [
    ...dimensions.map((dimension, index) => ({
      key: dimension,
      header: t(`analytics.dimension_${dimension}`),
      cell: (row: ReportRowView) => nameOf(row, index),
    })),
    ...measures.map((measure, index) => ({
      key: measure,
      header: t(`analytics.measure_${measure}`),
      numeric: true,
      cell: (row: ReportRowView) => (
        <MeasureCell
          figure={figureOf(dimensions, row, measure)}
          text={cell(measure, row.cells[index])}
          name={nameOf(row, 0)}
          measure={measure}
          empty={!row.cells[index]?.value}
        />
      ),
    })),
  ];
  const [main] = measures;
  const drawn = dimensions.length === 1 && main !== undefined && (rows?.length ?? 0) > 1 && (rows?.length ?? 0) <= BARS;
  return (
    <Stack>
      {drawn && rows && (
        <ChartFigure
          label={t(`analytics.measure_${main}`)}
          summary={report.name}
          first={t(`analytics.dimension_${dimensions[0] ?? "time"}`)}
          series={[
            {
              key: "value",
              label: t(`analytics.measure_${main}`),
              kind: "bar",
              colour: "var(--cm-chart-1)",
              format: (value) => cell(main, { value }),
            },
          ]}
          points={rows.map((row) => ({
            key: row.keys[0]?.key ?? "",
            label: nameOf(row, 0),
            tick:
              dimensions[0] === "time" ? formats.tick(Date.parse(row.keys[0]?.key ?? ""), range.step) : nameOf(row, 0),
            values: { value: shareValue(row.cells[0]) },
          }))}
          format={main.endsWith("_rate") || main === "average_score" ? formats.percent : formats.short}
        />
      )}
      <ListPanel
        query={query}
        rows={rows}
        total={query.data?.pages[0]?.total}
        columns={columns}
        rowKey={(row) => row.keys.map(({ key }) => key).join("\n")}
        what={t("analytics.theReport")}
        card={(row) => (
          <Stack gap={2}>
            <Text fw={500} fz="sm">
              {dimensions.map((_, index) => nameOf(row, index)).join(" · ")}
            </Text>
            <Text fz="sm" c="dimmed">
              {measures
                .map((measure, index) => `${t(`analytics.measure_${measure}`)} ${cell(measure, row.cells[index])}`)
                .join(" · ")}
            </Text>
          </Stack>
        )}
        empty={<Text c="dimmed">{t("analytics.noRows")}</Text>}
      />
    </Stack>
  );
}

type Cell = { readonly value?: number | undefined; readonly of?: number | undefined };

const shareValue = (cell: Cell | undefined): number | undefined =>
  cell?.of === undefined ? cell?.value : cell.of > 0 ? (cell.value ?? 0) / cell.of : undefined;

/** Numbers of a report as text. */
function useCellText() {
  const { count, percent, duration } = useFormats();
  return (measure: Measure, cell: Cell | undefined): string => {
    const value = shareValue(cell);
    if (value === undefined) return "—";
    if (measure.endsWith("_rate"))
      return cell?.of === undefined
        ? percent(value)
        : `${percent(value)} (${count(cell.value ?? 0)}/${count(cell.of)})`;
    if (measure === "average_score") return percent(value);
    return measure.endsWith("_time") ? duration(value) : count(value);
  };
}

/** What a cell opens; undefined where its rows are made of something that registrations are not listed by. */
function figureOf(dimensions: readonly Dimension[], row: ReportRowView, measure: Measure): OpenFigure | undefined {
  const kind = FIGURES[measure];
  if (kind === undefined) return undefined;
  let figure: OpenFigure = { kind };
  for (const [index, dimension] of dimensions.entries()) {
    const field = NARROWS[dimension];
    const { key, name } = row.keys[index] ?? {};
    if (field === undefined || !key) return undefined;
    figure = { ...figure, [field]: key, label: name };
  }
  return dimensions.includes("course_version") && !dimensions.includes("course") ? undefined : figure;
}

function MeasureCell(props: {
  readonly figure: OpenFigure | undefined;
  readonly text: string;
  readonly name: string;
  readonly measure: Measure;
  readonly empty: boolean;
}) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { figure, text } = props;
  if (!figure || props.empty) return text;
  return (
    <button
      type="button"
      className={classes.link}
      aria-label={t("chart.open", { what: `${props.name}: ${t(`analytics.measure_${props.measure}`)} ${text}` })}
      onClick={() => open(figure)}
    >
      {text}
    </button>
  );
}

const STATUSES = ["not_attempted", "incomplete", "completed", "passed", "failed"] as const;
const isStatus = (text: string): text is (typeof STATUSES)[number] => STATUSES.some((one) => one === text);
