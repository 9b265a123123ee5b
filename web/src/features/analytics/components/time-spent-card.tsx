import type {
  BoardSummary,
  FiguresView,
  GetTimeResponse,
} from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import { ChartFigure } from "../../../components/chart/chart-figure.tsx";
import { useBoard } from "../board/board-context.ts";
import { timePoints } from "../time-points.ts";
import { useFormats } from "../use-formats.ts";
import classes from "./board.module.css";
import { BoardCard } from "./board-card.tsx";

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Below this the axis counts minutes. */
const FEW_HOURS = 3 * HOUR;

/** Time by the clock and at work, over time. */
export function TimeSpentCard({ data }: { readonly data: Pick<GetTimeResponse, "summary" | "points"> }) {
  const { t } = useTranslation();
  const board = useBoard();
  const formats = useFormats();
  const { summary } = data;
  const figures = summary?.figures;
  const longest = Math.max(0, ...data.points.map((point) => Number(point.figures?.wallMs ?? 0n)));
  const unit = longest > FEW_HOURS ? HOUR : MINUTE;
  const inUnits = (read: (figures: FiguresView) => bigint) => (it: FiguresView) => Number(read(it)) / unit;
  const format = (value: number) => (value > 0 ? formats.duration(value * unit) : "0");
  const points = timePoints(
    board,
    formats,
    data.points,
    { active: inUnits(({ activeMs }) => activeMs), wall: inUnits(({ wallMs }) => wallMs) },
    undefined,
    "active",
  );
  const wall = figures?.wallMs ?? 0n;
  return (
    <BoardCard
      question={t("analytics.qTime")}
      headline={{
        value: figures && Number(figures.activeMs),
        before: summary?.previous && Number(summary.previous.activeMs),
        kind: "amount",
        format: (value) => (value > 0 ? formats.duration(value) : "0 min"),
        of: t("analytics.activeOfWall", { wall: formats.duration(wall) }),
        opens: { kind: "active" },
      }}
      summary={summary}
      needs={wall > 0n ? undefined : t("analytics.needsLaunch")}
    >
      <ChartFigure
        label={t("analytics.timeSpent")}
        summary={t("analytics.activeOfWall", { wall: formats.duration(wall) })}
        first={t(`analytics.step_${board.range.step}`)}
        series={[
          { key: "active", label: t("analytics.activeTime"), kind: "bar", colour: "var(--cm-chart-1)", format },
          { key: "wall", label: t("analytics.wallTime"), kind: "bar", colour: "var(--cm-chart-before)", format },
        ]}
        points={points}
        format={(value) => `${formats.short(value)} ${unit === HOUR ? "h" : "min"}`}
      />
    </BoardCard>
  );
}

/** What each of the times means, with its sum, because they differ. */
export function TimeExplained({ summary }: { readonly summary: BoardSummary | undefined }) {
  const { t } = useTranslation();
  const { duration, count } = useFormats();
  const figures = summary?.figures;
  const launches = figures?.launches ?? 0n;
  const each = (ms: bigint) =>
    launches > 0n ? t("analytics.perLaunch", { value: duration(ms / launches), formatted: count(launches) }) : "";
  const rows = [
    ["active", figures?.activeMs ?? 0n, "var(--cm-chart-1)"],
    ["wall", figures?.wallMs ?? 0n, "var(--cm-chart-before)"],
    ["reported", figures?.reportedMs ?? 0n, "var(--cm-chart-track)"],
  ] as const;
  return (
    <BoardCard question={t("analytics.qTimeKinds")} summary={summary}>
      <dl className={classes.explain}>
        {rows.map(([kind, ms, colour]) => (
          <div key={kind}>
            <dt>
              <span className={classes.swatch} style={{ background: colour }} aria-hidden="true" />
              {t(`analytics.${kind}Time`)} · {duration(ms)}
            </dt>
            <dd>
              {t(`analytics.${kind}Means`)} {each(ms)}
            </dd>
          </div>
        ))}
      </dl>
    </BoardCard>
  );
}
