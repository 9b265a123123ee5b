import type { FiguresView, GetCompletionResponse } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import { useCompletion } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import { BoardCard } from "../components/board-card.tsx";
import { BoardState } from "../components/board-state.tsx";
import { CourseRanking } from "../components/course-ranking.tsx";
import { OverTimeCard } from "../components/over-time-card.tsx";
import { StandingCard } from "../components/standing-card.tsx";
import { shareOf } from "../time-points.ts";
import { useFormats } from "../use-formats.ts";

/** Of all registrations, those that are complete. */
export const completionRate = ({ completed, registrations }: FiguresView) => shareOf(completed, registrations);
/** Of the registrations that were judged, those that are passed. */
export const passRate = ({ passed, failed }: FiguresView) => shareOf(passed, passed + failed);

/** How far do they come? */
export function CompletionBoard() {
  const { question } = useBoard();
  return (
    <BoardState query={useCompletion(question)} cards={4}>
      {(data) => <Cards data={data} />}
    </BoardState>
  );
}

function Cards({ data }: { readonly data: GetCompletionResponse }) {
  const { t } = useTranslation();
  const { summary } = data;
  const needs = summary?.figures?.registrations ? undefined : t("analytics.needsRegistration");
  return (
    <>
      <RateCards data={data} />
      <StandingCard summary={summary} needs={needs} />
      <BoardCard
        question={t("analytics.qWhichComplete")}
        summary={summary}
        needs={needs}
        wide={data.courses.length > 8}
      >
        <CourseRanking
          label={t("analytics.completionRate")}
          courses={data.courses}
          share={(figures) => {
            const value = completionRate(figures);
            return value === undefined ? undefined : { value, of: figures.registrations };
          }}
          figure="completed"
          colour="var(--cm-complete-fill)"
        />
      </BoardCard>
    </>
  );
}

/** Completing and passing over time. */
export function RateCards({
  data,
}: {
  readonly data: Pick<GetCompletionResponse, "summary" | "points" | "previousPoints">;
}) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const { summary, points, previousPoints } = data;
  const shared = { summary, points, previousPoints };
  const figures = summary?.figures;
  const judged = (figures?.passed ?? 0n) + (figures?.failed ?? 0n);
  const needs = figures?.registrations ? undefined : t("analytics.needsRegistration");
  return (
    <>
      <OverTimeCard
        {...shared}
        kind="share"
        question={t("analytics.qComplete")}
        name={t("analytics.completionRate")}
        colour="var(--cm-complete-fill)"
        reading={completionRate}
        figure="completed"
        of={t("analytics.partOf", {
          part: count(figures?.completed ?? 0n),
          whole: count(figures?.registrations ?? 0n),
        })}
        needs={needs}
      />
      <OverTimeCard
        {...shared}
        kind="share"
        question={t("analytics.qPass")}
        name={t("analytics.passRate")}
        colour="var(--cm-passed-fill)"
        reading={passRate}
        figure="passed"
        of={t("analytics.partOfJudged", { part: count(figures?.passed ?? 0n), whole: count(judged) })}
        needs={judged > 0n ? undefined : t("analytics.needsVerdict")}
      />
      <OverTimeCard
        {...shared}
        kind="amount"
        question={t("analytics.qCompletions")}
        name={t("analytics.completions")}
        colour="var(--cm-complete-fill)"
        reading={({ completions }) => Number(completions)}
        figure="completions"
        of={t("analytics.completionsWord")}
        needs={needs}
      />
    </>
  );
}
