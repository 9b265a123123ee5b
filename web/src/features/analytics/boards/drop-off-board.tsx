import type { GetDropOffResponse } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import { useDropOff } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import { BoardCard } from "../components/board-card.tsx";
import { BoardState } from "../components/board-state.tsx";
import { ChosenCourse } from "../components/chosen-course.tsx";
import { StepLadder } from "../components/step-ladder.tsx";
import { useFormats } from "../use-formats.ts";

/** Where do they stop? */
export function DropOffBoard() {
  const { question } = useBoard();
  return (
    <BoardState query={useDropOff(question)} cards={1}>
      {(data) => (
        <>
          {data.courseId && <ChosenCourse title={data.courseTitle} />}
          <DropOffCard data={data} />
        </>
      )}
    </BoardState>
  );
}

/** The way through a course, activity by activity. */
export function DropOffCard({ data }: { readonly data: GetDropOffResponse }) {
  const { t } = useTranslation();
  const { share, count } = useFormats();
  const worst = data.steps.toSorted((one, other) => Number(other.stopped - one.stopped))[0];
  const about = { course: data.courseId };
  return (
    <BoardCard
      question={t("analytics.qStop")}
      headline={
        worst && worst.stopped > 0n
          ? {
              value: Number(worst.stopped) / Math.max(1, Number(worst.reached)),
              kind: "share",
              format: (value) => share(value, 1),
              of: t("analytics.worstStop", {
                title: worst.title || worst.activityId,
                stopped: count(worst.stopped),
                reached: count(worst.reached),
              }),
              opens: { kind: "stopped", activity: worst.activityId, label: worst.title, ...about },
            }
          : undefined
      }
      summary={data.summary}
      wide
      note={t("analytics.stopNote")}
      needs={data.steps.length > 0 ? undefined : t("analytics.needsActivity")}
    >
      <StepLadder steps={data.steps} courseId={data.courseId} />
    </BoardCard>
  );
}
