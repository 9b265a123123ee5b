import type { DistributionBar, GetTimeResponse } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChartFigure, ChartViews } from "../../../components/chart/chart-figure.tsx";
import { RankedBars } from "../../../components/chart/ranked-bars.tsx";
import { useTime } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import { BoardCard } from "../components/board-card.tsx";
import { BoardState } from "../components/board-state.tsx";
import { ChosenCourse } from "../components/chosen-course.tsx";
import { TimeExplained, TimeSpentCard } from "../components/time-spent-card.tsx";
import { useFormats } from "../use-formats.ts";

/** How long does it take? */
export function TimeBoard() {
  const { question } = useBoard();
  return (
    <BoardState query={useTime(question)} cards={4}>
      {(data) => (
        <>
          <TimeSpentCard data={data} />
          <TimeExplained summary={data.summary} />
          {data.courseId && <ChosenCourse title={data.courseTitle} />}
          <TimeCards data={data} />
        </>
      )}
    </BoardState>
  );
}

/** How long learners of one course take, as a whole and in each activity. */
export function TimeCards({ data }: { readonly data: GetTimeResponse }) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { duration, count } = useFormats();
  const timed = data.steps.filter(({ medianActiveMs }) => (medianActiveMs ?? 0) > 0);
  const longest = Math.max(1, ...timed.map(({ medianActiveMs }) => medianActiveMs ?? 0));
  const opens = (activity: string, label: string) => () =>
    open({ kind: "reached", activity, label, course: data.courseId });
  return (
    <>
      <DurationCard data={data} />
      <BoardCard
        question={t("analytics.qActivityTime")}
        summary={data.summary}
        needs={timed.length > 0 ? undefined : t("analytics.needsActivity")}
        note={t("analytics.activityTimeNote")}
      >
        <ChartViews
          label={t("analytics.medianActive")}
          summary=""
          first={t("analytics.activity")}
          series={[
            { key: "median", label: t("analytics.medianActive"), kind: "bar", colour: "", format: duration },
            { key: "active", label: t("analytics.activeTime"), kind: "bar", colour: "", format: duration },
            { key: "wall", label: t("analytics.wallTime"), kind: "bar", colour: "", format: duration },
          ]}
          points={timed.map((step) => ({
            key: step.activityId,
            label: step.title || step.activityId,
            tick: step.title,
            values: { median: step.medianActiveMs, active: Number(step.activeMs), wall: Number(step.wallMs) },
            onOpen: opens(step.activityId, step.title),
          }))}
        >
          <RankedBars
            label={t("analytics.medianActive")}
            form="bar"
            colour="var(--cm-chart-1)"
            rows={timed.map((step) => ({
              key: step.activityId,
              name: step.title || step.activityId,
              share: (step.medianActiveMs ?? 0) / longest,
              value: duration(step.medianActiveMs ?? 0),
              of: `n = ${count(step.reached)}`,
              onOpen: opens(step.activityId, step.title),
            }))}
          />
        </ChartViews>
      </BoardCard>
    </>
  );
}

function DurationCard({ data }: { readonly data: GetTimeResponse }) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { duration, shortDuration, count, short } = useFormats();
  const [kind, setKind] = useState<"active" | "wall">("active");
  const bars: readonly DistributionBar[] = kind === "active" ? data.active : data.wall;
  const median = kind === "active" ? data.medianActiveMs : data.medianWallMs;
  const total = bars.reduce((sum, bar) => sum + Number(bar.count), 0);
  const course = { course: data.courseId, label: data.courseTitle, time: kind } as const;
  const medianBar = bars.findIndex(({ to }, index) => (median ?? 0) < to || index === bars.length - 1);
  return (
    <BoardCard
      question={t("analytics.qDuration")}
      headline={{
        value: median,
        kind: "amount",
        format: duration,
        of: t("analytics.medianOf", { count: total, formatted: count(total) }),
        opens: { kind: "timed", from: 0, ...course },
      }}
      summary={data.summary}
      needs={total > 0 ? undefined : t("analytics.needsLaunch")}
      note={
        <SegmentedControl
          size="xs"
          aria-label={t("analytics.timeKind")}
          value={kind}
          onChange={(value) => setKind(value === "wall" ? "wall" : "active")}
          data={[
            { value: "active", label: t("analytics.activeTime") },
            { value: "wall", label: t("analytics.wallTime") },
          ]}
        />
      }
    >
      <ChartFigure
        label={t("analytics.durationSpread")}
        summary={median === undefined ? "" : t("analytics.medianIs", { value: duration(median) })}
        first={t("registrations.time")}
        series={[
          {
            key: "count",
            label: t("statusMix.registrations"),
            kind: "bar",
            colour: kind === "active" ? "var(--cm-chart-1)" : "var(--cm-chart-before)",
            format: count,
          },
        ]}
        points={bars.map(({ from, to, count: value }, index) => ({
          key: String(index),
          label: `${from > 0 ? duration(from) : "0"} – ${duration(to)}`,
          tick: shortDuration(from),
          values: { count: Number(value) },
          onOpen:
            value > 0n
              ? () => open({ kind: "timed", from, to: index === bars.length - 1 ? undefined : to, ...course })
              : undefined,
        }))}
        format={short}
        marks={medianBar >= 0 && median ? [{ at: String(medianBar), label: t("analytics.median") }] : []}
      />
    </BoardCard>
  );
}
