import type { GetDifficultyResponse, QuestionRow } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChartViews } from "../../../components/chart/chart-figure.tsx";
import { RankedBars } from "../../../components/chart/ranked-bars.tsx";
import { useBoard } from "../board/board-context.ts";
import { shareOf } from "../time-points.ts";
import { useFormats } from "../use-formats.ts";
import classes from "./board.module.css";
import { BoardCard } from "./board-card.tsx";

/** Questions that are shown before one asks for all. */
const FIRST = 8;

/** Questions, hardest first; each opens its answers. */
export function QuestionCard({ data }: { readonly data: GetDifficultyResponse }) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { count, percent, duration } = useFormats();
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState("");
  const sorted = data.questions.toSorted(
    (one, other) => correctShare(one) - correctShare(other) || Number(other.answered - one.answered),
  );
  const shown = all ? sorted : sorted.slice(0, FIRST);
  const current = sorted.find((question) => keyOf(question) === chosen);
  const about = { course: data.courseId };
  return (
    <BoardCard
      question={t("analytics.qQuestions")}
      summary={data.summary}
      wide
      needs={sorted.length > 0 ? undefined : t("analytics.needsAnswer")}
      note={t("analytics.discriminationNote")}
    >
      <ChartViews
        label={t("analytics.correctShare")}
        summary=""
        first={t("analytics.question")}
        series={[
          { key: "answered", label: t("analytics.answered"), kind: "bar", colour: "", format: count },
          { key: "share", label: t("analytics.correctShare"), kind: "bar", colour: "", format: percent },
          {
            key: "tells",
            label: t("analytics.discrimination"),
            kind: "bar",
            colour: "",
            format: (it) => it.toFixed(2),
          },
          { key: "latency", label: t("analytics.medianLatency"), kind: "bar", colour: "", format: duration },
        ]}
        points={sorted.map((question) => ({
          key: keyOf(question),
          label: question.text || question.questionId,
          tick: question.questionId,
          values: {
            answered: Number(question.answered),
            share: correctShare(question),
            tells: question.discrimination,
            latency: question.medianLatencyMs,
          },
          onOpen: () =>
            open({
              kind: "answered",
              activity: question.activityId,
              question: question.questionId,
              label: question.text,
              ...about,
            }),
        }))}
      >
        <RankedBars
          label={t("analytics.correctShare")}
          form="bar"
          colour="var(--cm-passed-fill)"
          rows={shown.map((question) => ({
            key: keyOf(question),
            name: question.text || question.questionId,
            share: correctShare(question),
            value: t("analytics.correct", { share: percent(correctShare(question)) }),
            of: `n = ${count(question.answered)}`,
            onOpen: () => setChosen(keyOf(question) === chosen ? "" : keyOf(question)),
          }))}
        />
        {current && <Answers question={current} courseId={data.courseId} />}
        {sorted.length > FIRST && (
          <Group>
            <Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)}>
              {all ? t("analytics.fewer") : t("analytics.allQuestions", { count: sorted.length })}
            </Button>
          </Group>
        )}
      </ChartViews>
    </BoardCard>
  );
}

function Answers({ question, courseId }: { readonly question: QuestionRow; readonly courseId: string }) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { count, share } = useFormats();
  const { activityId: activity, questionId, text } = question;
  return (
    <section className={classes.answers} aria-label={t("analytics.answersTo", { question: text || questionId })}>
      <Text fw={600} fz="sm">
        {t("analytics.answersTo", { question: text || questionId })}
      </Text>
      <RankedBars
        label={t("analytics.answersTo", { question: text || questionId })}
        form="bar"
        colour="var(--cm-chart-before)"
        rows={question.answers.map(({ answer, count: given, correct }) => ({
          key: answer,
          name: `${answer || "—"}${correct ? ` ✓ ${t("analytics.isCorrect")}` : ""}`,
          share: Number(given) / Math.max(1, Number(question.answered)),
          value: count(given),
          of: share(given, question.answered),
          onOpen: answer
            ? () => open({ kind: "answered", activity, question: questionId, answer, label: text, course: courseId })
            : undefined,
        }))}
      />
      {question.discrimination !== undefined && (
        <Text fz="sm" c="dimmed">
          {t("analytics.discrimination")}: {question.discrimination.toFixed(2)} ·{" "}
          {t(question.discrimination >= 0.2 ? "analytics.tellsApart" : "analytics.tellsLittle")}
        </Text>
      )}
    </section>
  );
}

const keyOf = ({ activityId, questionId }: QuestionRow) => `${activityId}\n${questionId}`;
const correctShare = ({ correct, answered }: QuestionRow) => shareOf(correct, answered) ?? 0;
