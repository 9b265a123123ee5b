import type { FiguresView, GetDifficultyResponse } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import { ChartFigure } from "../../../components/chart/chart-figure.tsx";
import { useDifficulty } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import { BoardCard } from "../components/board-card.tsx";
import { BoardState } from "../components/board-state.tsx";
import { ChosenCourse } from "../components/chosen-course.tsx";
import { CourseRanking } from "../components/course-ranking.tsx";
import { QuestionCard } from "../components/question-card.tsx";
import { useFormats } from "../use-formats.ts";
import { passRate } from "./completion-board.tsx";

/** How hard is it? */
export function DifficultyBoard() {
  const { t } = useTranslation();
  const { question, search } = useBoard();
  return (
    <BoardState query={useDifficulty(question)} cards={4}>
      {(data) => (
        <>
          {!search.course && (
            <BoardCard
              question={t("analytics.qWhichHard")}
              summary={data.summary}
              wide
              needs={data.courses.some(isJudged) ? undefined : t("analytics.needsVerdict")}
            >
              <CourseRanking
                label={t("analytics.passRate")}
                courses={data.courses}
                share={judgedShare}
                figure="passed"
                colour="var(--cm-passed-fill)"
              />
            </BoardCard>
          )}
          {data.courseId && <ChosenCourse title={data.courseTitle} />}
          <DifficultyCards data={data} />
        </>
      )}
    </BoardState>
  );
}

const judgedShare = (figures: FiguresView) => {
  const value = passRate(figures);
  return value === undefined ? undefined : { value, of: figures.passed + figures.failed };
};
const isJudged = ({ figures }: { readonly figures?: FiguresView | undefined }) =>
  figures !== undefined && passRate(figures) !== undefined;

/** Scores, attempts and questions of one course. */
export function DifficultyCards({ data }: { readonly data: GetDifficultyResponse }) {
  return (
    <>
      <ScoreCard data={data} />
      <AttemptCard data={data} />
      <QuestionCard data={data} />
    </>
  );
}

function ScoreCard({ data }: { readonly data: GetDifficultyResponse }) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { count, percent, short } = useFormats();
  const bars = data.scores.map(({ from, to, count: value }) => ({ from, to, value: Number(value) }));
  const scored = bars.reduce((sum, { value }) => sum + value, 0);
  const course = { course: data.courseId, label: data.courseTitle };
  const barOf = (score: number) => String(bars.findIndex(({ to }, index) => score < to || index === bars.length - 1));
  return (
    <BoardCard
      question={t("analytics.qScores")}
      headline={{
        value: data.medianScore,
        kind: "share",
        format: percent,
        of: t("analytics.medianOf", { count: scored, formatted: count(scored) }),
        opens: { kind: "scored", ...course },
      }}
      summary={data.summary}
      needs={scored > 0 ? undefined : t("analytics.needsScore")}
      note={
        data.withoutScore > 0n && (
          <span>
            {t("analytics.withoutScore", { count: Number(data.withoutScore), formatted: count(data.withoutScore) })}
          </span>
        )
      }
    >
      <ChartFigure
        label={t("analytics.scoreSpread")}
        summary={data.meanScore === undefined ? "" : t("analytics.meanScore", { mean: percent(data.meanScore) })}
        first={t("registrations.score")}
        series={[
          {
            key: "count",
            label: t("statusMix.registrations"),
            kind: "bar",
            colour: "var(--cm-chart-1)",
            format: count,
          },
        ]}
        points={bars.map(({ from, to, value }, index) => ({
          key: String(index),
          label: `${percent(from)} – ${percent(to)}`,
          tick: percent(from),
          values: { count: value },
          onOpen: value > 0 ? () => open({ kind: "scored", from, to, ...course }) : undefined,
        }))}
        format={short}
        marks={
          data.passingScore === undefined
            ? []
            : [{ at: barOf(data.passingScore), label: t("analytics.mastery", { score: percent(data.passingScore) }) }]
        }
      />
    </BoardCard>
  );
}

function AttemptCard({ data }: { readonly data: GetDifficultyResponse }) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { count, percent, short } = useFormats();
  const steps = data.attempts.map(({ from, count: learners }) => ({ attempts: from, learners: Number(learners) }));
  const passed = steps.reduce((sum, { learners }) => sum + learners, 0);
  const first = steps.find(({ attempts }) => attempts === 1)?.learners ?? 0;
  const course = { course: data.courseId, label: data.courseTitle };
  const points = [...steps, ...(data.notPassed > 0n ? [{ attempts: 0, learners: Number(data.notPassed) }] : [])];
  const name = (attempts: number) =>
    attempts === 0 ? t("analytics.notPassedYet") : t("analytics.attemptCount", { count: attempts });
  return (
    <BoardCard
      question={t("analytics.qAttempts")}
      headline={{
        value: passed > 0 ? first / passed : undefined,
        kind: "share",
        format: percent,
        of: t("analytics.firstAttemptOf", { first: count(first), passed: count(passed) }),
        opens: { kind: "attempts", attempts: 1, ...course },
      }}
      summary={data.summary}
      needs={passed > 0 ? undefined : t("analytics.needsPass")}
    >
      <ChartFigure
        label={t("analytics.attemptsToPass")}
        summary={t("analytics.firstAttemptOf", { first: count(first), passed: count(passed) })}
        first={t("analytics.attempts")}
        series={[
          { key: "count", label: t("people.learners"), kind: "bar", colour: "var(--cm-chart-2)", format: count },
        ]}
        points={points.map(({ attempts, learners }) => ({
          key: String(attempts),
          label: name(attempts),
          tick: attempts === 0 ? name(0) : String(attempts),
          values: { count: learners },
          onOpen: () => open({ kind: "attempts", attempts, ...course }),
        }))}
        format={short}
      />
    </BoardCard>
  );
}
