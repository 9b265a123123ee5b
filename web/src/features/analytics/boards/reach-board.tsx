import type { GetReachResponse } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import { WeekHeat } from "../../../components/chart/week-heat.tsx";
import { useReach } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import { BoardCard } from "../components/board-card.tsx";
import { BoardState } from "../components/board-state.tsx";
import { NewLearnersCard } from "../components/new-learners-card.tsx";
import { OverTimeCard } from "../components/over-time-card.tsx";
import { useFormats } from "../use-formats.ts";

/** Who comes? */
export function ReachBoard() {
  const { question } = useBoard();
  return (
    <BoardState query={useReach(question)} cards={4}>
      {(data) => <Cards data={data} />}
    </BoardState>
  );
}

function Cards({ data }: { readonly data: GetReachResponse }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const { zone } = useBoard();
  const { summary, points, previousPoints } = data;
  const shared = { summary, points, previousPoints, kind: "amount" } as const;
  const figures = summary?.figures;
  const needs = figures?.launches ? undefined : t("analytics.needsLaunch");
  const hours = data.launchesByHour.map(Number);
  return (
    <>
      <OverTimeCard
        {...shared}
        question={t("analytics.qActive")}
        name={t("analytics.activeLearners")}
        reading={({ activeLearners }) => Number(activeLearners)}
        figure="active"
        of={t("analytics.learnersActive")}
        note={t("analytics.distinctNote")}
        needs={needs}
      />
      <OverTimeCard
        {...shared}
        question={t("analytics.qLaunches")}
        name={t("analytics.launches")}
        reading={({ launches }) => Number(launches)}
        figure="launched"
        of={t("analytics.launchesWord")}
        needs={needs}
      />
      <OverTimeCard
        {...shared}
        question={t("analytics.qNew")}
        name={t("analytics.newRegistrations")}
        reading={({ newRegistrations }) => Number(newRegistrations)}
        figure="new"
        of={t("analytics.ofAll", { formatted: count(figures?.registrations ?? 0n) })}
        needs={figures?.registrations ? undefined : t("analytics.needsRegistration")}
      />
      <NewLearnersCard summary={summary} points={points} newLearners={data.newLearners} needs={needs} />
      <BoardCard
        question={t("analytics.qWhen")}
        summary={summary}
        wide
        needs={needs}
        note={t("analytics.whenNote", { zone: zone === "utc" ? "UTC" : t("analytics.yourZone") })}
      >
        <WeekHeat hours={hours} label={t("analytics.launchesByHour")} />
      </BoardCard>
    </>
  );
}
