import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useCompletion, useCourseComparison, useDifficulty, useDropOff, useReach, useTime } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import type { BoardSearch } from "../board/board-search.ts";
import { RateCards } from "../boards/completion-board.tsx";
import { VersionTable } from "../boards/courses-board.tsx";
import { DifficultyCards } from "../boards/difficulty-board.tsx";
import { DropOffCard } from "../boards/drop-off-board.tsx";
import { TimeCards } from "../boards/time-board.tsx";
import classes from "../components/board.module.css";
import { BoardFrame } from "../components/board-frame.tsx";
import { BoardState } from "../components/board-state.tsx";
import { OverTimeCard } from "../components/over-time-card.tsx";
import { TimeSpentCard } from "../components/time-spent-card.tsx";

/** Everything that analytics knows of one course; each part is read and fails by itself. */
export function CourseAnalytics(props: {
  readonly courseId: string;
  readonly search: BoardSearch;
  readonly onSearch: (next: BoardSearch, push: boolean) => void;
}) {
  const { courseId } = props;
  const search = useMemo(() => ({ ...props.search, course: courseId }), [props.search, courseId]);
  return (
    <BoardFrame search={search} onSearch={props.onSearch} fixedCourse>
      <div className={classes.parts}>
        <Reach />
        <Completion />
        <DropOff />
        <Difficulty />
        <Time />
        <Versions courseId={courseId} />
      </div>
    </BoardFrame>
  );
}

function Reach() {
  const { t } = useTranslation();
  const { question } = useBoard();
  return (
    <BoardState query={useReach(question)} cards={2}>
      {({ summary, points, previousPoints }) => {
        const shared = { summary, points, previousPoints, kind: "amount" } as const;
        const needs = summary?.figures?.launches ? undefined : t("analytics.needsLaunch");
        return (
          <>
            <OverTimeCard
              {...shared}
              question={t("analytics.qActive")}
              name={t("analytics.activeLearners")}
              reading={({ activeLearners }) => Number(activeLearners)}
              figure="active"
              of={t("analytics.learnersActive")}
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
          </>
        );
      }}
    </BoardState>
  );
}

function Completion() {
  const { question } = useBoard();
  return (
    <BoardState query={useCompletion(question)} cards={3}>
      {(data) => <RateCards data={data} />}
    </BoardState>
  );
}

function DropOff() {
  const { question } = useBoard();
  return (
    <BoardState query={useDropOff(question)} cards={1}>
      {(data) => <DropOffCard data={data} />}
    </BoardState>
  );
}

function Difficulty() {
  const { question } = useBoard();
  return (
    <BoardState query={useDifficulty(question)} cards={2}>
      {(data) => <DifficultyCards data={data} />}
    </BoardState>
  );
}

function Time() {
  const { question } = useBoard();
  return (
    <BoardState query={useTime(question)} cards={2}>
      {(data) => (
        <>
          <TimeSpentCard data={data} />
          <TimeCards data={data} />
        </>
      )}
    </BoardState>
  );
}

function Versions({ courseId }: { readonly courseId: string }) {
  const { question } = useBoard();
  const versions = useCourseComparison(question, "launches").data?.pages[0]?.versions ?? [];
  return versions.length > 1 ? <VersionTable versions={versions} courseId={courseId} /> : null;
}
