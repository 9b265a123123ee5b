import type {
  DispatchDayView,
  DispatchFiguresView,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Paper, SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ChartPoint, ChartSeries } from "../../../components/chart/chart-data.ts";
import { ChartFigure } from "../../../components/chart/chart-figure.tsx";
import { ABSENT, formatDuration } from "../../../lib/format/duration.ts";
import { formatShare } from "../../../lib/format/score.ts";
import { formatDate } from "../../../lib/format/time.ts";

/** A number with what it is of. */
export interface FigureCard {
  readonly name: string;
  readonly value: string;
  readonly of?: string | undefined;
}

/** Cards of figures; each says what its number is a part of. */
export function FigureCards({ cards }: { readonly cards: readonly FigureCard[] }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm" component="dl" m={0}>
      {cards.map(({ name, value, of }) => (
        <Paper key={name} p="sm">
          <Text component="dt" fz="xs" c="dimmed">
            {name}
          </Text>
          <Text component="dd" m={0} fz={20} fw={600} lh="28px">
            {value}
          </Text>
          {of && (
            <Text component="dd" m={0} fz="xs" c="dimmed">
              {of}
            </Text>
          )}
        </Paper>
      ))}
    </SimpleGrid>
  );
}

/** The figures that every page begins with. */
export function useFigureCards(): (figures: DispatchFiguresView) => readonly FigureCard[] {
  const { t, i18n } = useTranslation();
  const number = (value: bigint) => value.toLocaleString(i18n.language);
  return (figures) => {
    const { launches, uniqueLearners, completions, refusals, averageScore, totalSeconds } = figures;
    const score = averageScore?.toLocaleString(i18n.language, { maximumFractionDigits: 1 });
    return [
      { name: t("dispatchResults.launches"), value: number(launches) },
      { name: t("dispatchResults.uniqueLearners"), value: number(uniqueLearners) },
      {
        name: t("dispatchResults.completions"),
        value: number(completions),
        of: t("dispatchResults.ofLearners", { share: formatShare(Number(completions), Number(uniqueLearners)) }),
      },
      { name: t("dispatchResults.averageScore"), value: score ?? ABSENT, of: t("dispatchResults.ofScored") },
      { name: t("dispatchResults.timeSpent"), value: formatDuration(Number(totalSeconds)) },
      {
        name: t("dispatchResults.refusals"),
        value: number(refusals),
        of: t("dispatchResults.ofLaunches", { count: Number(launches + refusals) }),
      },
    ];
  };
}

/** Launches, learners and completions by day. */
export function Timeline({ days }: { readonly days: readonly DispatchDayView[] }) {
  const { t, i18n } = useTranslation();
  const format = (value: number) => value.toLocaleString(i18n.language);
  const series: ChartSeries[] = [
    {
      key: "launches",
      label: t("dispatchResults.launches"),
      kind: "bar",
      colour: "var(--cm-chart-1)",
      format,
    },
    { key: "completions", label: t("dispatchResults.completions"), kind: "bar", colour: "var(--cm-chart-2)", format },
    {
      key: "refusals",
      label: t("dispatchResults.refusals"),
      kind: "line",
      colour: "var(--cm-chart-mark)",
      dashed: true,
      format,
    },
  ];
  const short = new Intl.DateTimeFormat(i18n.language === "en" ? "en-GB" : i18n.language, {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  const points = days.map(({ day, figures }, index): ChartPoint => {
    const at = Date.parse(`${day}T00:00:00Z`);
    return {
      key: day,
      label: formatDate(at, i18n.language, "utc"),
      tick: short.format(at),
      values: {
        launches: Number(figures?.launches ?? 0n),
        completions: Number(figures?.completions ?? 0n),
        refusals: Number(figures?.refusals ?? 0n),
      },
      unfinished: index === days.length - 1,
    };
  });
  const most = points.toSorted((one, other) => (other.values.launches ?? 0) - (one.values.launches ?? 0))[0];
  return (
    <ChartFigure
      label={t("dispatchResults.timelineChart")}
      summary={
        most ? t("dispatchResults.timelineSummary", { day: most.label, most: format(most.values.launches ?? 0) }) : ""
      }
      first={t("dispatchResults.day")}
      series={series}
      points={points}
      format={format}
    />
  );
}
