import type { MessageInitShape } from "@bufbuild/protobuf";
import type { BoardQuestionSchema } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import type { OpenFigure } from "./board/board-search.ts";
import { useFormats } from "./use-formats.ts";

const KINDS = [
  "active",
  "registered",
  "new",
  "launched",
  "not_attempted",
  "incomplete",
  "completed",
  "passed",
  "failed",
  "scored",
  "unscored",
  "stopped",
  "reached",
  "finished",
  "answered",
  "open",
  "completed_only",
  "completions",
  "passes",
  "failures",
  "attempts",
  "timed",
] as const;

/** What a number that was opened is called. */
export function useFigureWords() {
  const { t } = useTranslation();
  const formats = useFormats();
  const bounds = ({ kind, from, to, attempts, answer, label }: OpenFigure): string | undefined => {
    if (kind === "scored" && from !== undefined)
      return t("analytics.between", { from: formats.percent(from), to: formats.percent(to ?? 1) });
    if (kind === "timed")
      return to === undefined
        ? t("analytics.atLeast", { value: formats.duration(from ?? 0) })
        : t("analytics.between", { from: from ? formats.duration(from) : "0", to: formats.duration(to) });
    if (kind === "attempts")
      return attempts ? t("analytics.attemptCount", { count: attempts }) : t("analytics.notPassedYet");
    if (kind === "answered" && answer) return `${label ?? ""}: ${answer}`;
    return label;
  };
  return {
    title: (figure: OpenFigure): string => {
      const kind = KINDS.find((one) => one === figure.kind);
      return kind ? t(`analytics.figure_${kind}`) : t("analytics.registrationsBehind");
    },
    detail: (figure: OpenFigure, question: MessageInitShape<typeof BoardQuestionSchema>): string =>
      [
        bounds(figure),
        figure.kind === "open"
          ? t("analytics.rightNow")
          : formats.range(Number(question.startTime), Number(question.endTime)),
      ]
        .filter(Boolean)
        .join(" · "),
  };
}
