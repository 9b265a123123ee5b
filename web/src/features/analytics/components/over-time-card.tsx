import type { BoardSummary, FiguresPoint } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import type { ChartSeries } from "../../../components/chart/chart-data.ts";
import { ChartFigure } from "../../../components/chart/chart-figure.tsx";
import { useBoard } from "../board/board-context.ts";
import { type Reading, timePoints } from "../time-points.ts";
import { useFormats } from "../use-formats.ts";
import { BoardCard, type Headline } from "./board-card.tsx";

/** Something that happens or stands over time: bars for counts, a line for shares, and the period before beside it. */
export function OverTimeCard(props: {
  readonly question: string;
  /** What the numbers are: "Launches". */
  readonly name: string;
  readonly kind: "amount" | "share";
  readonly colour?: string;
  readonly summary: BoardSummary | undefined;
  readonly points: readonly FiguresPoint[];
  readonly previousPoints: readonly FiguresPoint[];
  readonly reading: Reading;
  /** Kind of the figure that the number and each point open. */
  readonly figure: string;
  readonly of: string;
  readonly note?: string;
  readonly wide?: boolean;
  readonly needs?: string | undefined;
}) {
  const { t } = useTranslation();
  const board = useBoard();
  const formats = useFormats();
  const { kind, name, summary, reading } = props;
  const format = kind === "share" ? formats.percent : formats.count;
  const drawn = kind === "share" ? "line" : "bar";
  const value = summary?.figures && reading(summary.figures);
  const before = summary?.previous && reading(summary.previous);
  const points = timePoints(
    board,
    formats,
    props.points,
    { now: reading },
    { points: props.previousPoints, reading },
    props.figure,
  );
  const series: ChartSeries[] = [
    { key: "now", label: name, kind: drawn, colour: props.colour ?? "var(--cm-chart-1)", format },
    ...(props.previousPoints.length > 0
      ? [
          {
            key: "before",
            label: t("analytics.daysBefore", { count: board.range.days }),
            kind: "line",
            colour: "var(--cm-chart-before)",
            dashed: true,
            format,
          } as const,
        ]
      : []),
  ];
  const headline: Headline = { value, before, kind, format, of: props.of, opens: { kind: props.figure } };
  return (
    <BoardCard
      question={props.question}
      headline={headline}
      summary={summary}
      note={props.note}
      wide={props.wide ?? false}
      needs={props.needs}
    >
      <ChartFigure
        label={name}
        summary={summaryWords(points.map((point) => [point.label, point.values.now]))}
        first={t(`analytics.step_${board.range.step}`)}
        series={series}
        points={points}
        format={kind === "share" ? formats.percent : formats.short}
        max={kind === "share" ? 1 : undefined}
      />
    </BoardCard>
  );

  function summaryWords(values: readonly (readonly [string, number | undefined])[]): string {
    const known = values.flatMap(([label, number]) => (number === undefined ? [] : [{ label, number }]));
    const most = known.toSorted((one, other) => other.number - one.number)[0];
    return most ? t("analytics.summary", { count: values.length, most: format(most.number), label: most.label }) : "";
  }
}
