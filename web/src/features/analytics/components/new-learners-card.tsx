import type { BoardSummary, FiguresPoint } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import { ChartFigure } from "../../../components/chart/chart-figure.tsx";
import { useBoard } from "../board/board-context.ts";
import { timePoints } from "../time-points.ts";
import { useFormats } from "../use-formats.ts";
import { BoardCard } from "./board-card.tsx";

/** Learners who come for the first time, and those who come again. */
export function NewLearnersCard(props: {
  readonly summary: BoardSummary | undefined;
  readonly points: readonly FiguresPoint[];
  /** Of each point. */
  readonly newLearners: readonly bigint[];
  readonly needs: string | undefined;
}) {
  const { t } = useTranslation();
  const board = useBoard();
  const formats = useFormats();
  const { count } = formats;
  const fresh = new Map(
    props.points.map(({ startTime }, index) => [String(startTime), props.newLearners[index] ?? 0n]),
  );
  const points = timePoints(
    board,
    formats,
    props.points,
    { all: ({ activeLearners }) => Number(activeLearners) },
    undefined,
    "active",
  ).map((point) => {
    const first = Number(fresh.get(point.key) ?? 0n);
    return { ...point, values: { again: (point.values.all ?? 0) - first, first } };
  });
  const total = props.newLearners.reduce((sum, value) => sum + value, 0n);
  const active = Number(props.summary?.figures?.activeLearners ?? 0n);
  return (
    <BoardCard
      question={t("analytics.qReturn")}
      headline={{
        value: Number(total),
        kind: "amount",
        format: count,
        of: t("analytics.firstOf", { count: active, formatted: count(active) }),
      }}
      summary={props.summary}
      needs={props.needs}
    >
      <ChartFigure
        label={t("analytics.firstAndAgain")}
        summary={t("analytics.firstSummary", { first: count(total), active: count(active) })}
        first={t(`analytics.step_${board.range.step}`)}
        series={[
          {
            key: "again",
            label: t("analytics.again"),
            kind: "bar",
            colour: "var(--cm-chart-1)",
            stack: "all",
            format: count,
          },
          {
            key: "first",
            label: t("analytics.firstTime"),
            kind: "bar",
            colour: "var(--cm-chart-2)",
            stack: "all",
            format: count,
          },
        ]}
        points={points}
        format={formats.short}
      />
    </BoardCard>
  );
}
