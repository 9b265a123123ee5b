import type { MessageInitShape } from "@bufbuild/protobuf";
import type { BoardQuestionSchema } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import type { OpenFigure } from "./board/board-search.ts";

type Question = MessageInitShape<typeof BoardQuestionSchema>;
type Parameters = Readonly<Record<string, string | undefined>>;

/** Parameters of the export's address for a board. @param report what is exported, as the server calls it. */
export function boardExport(question: Question, report: string): Parameters {
  const { filter } = question;
  const time = (millis: bigint | undefined) => (millis ? new Date(Number(millis)).toISOString() : undefined);
  return {
    report,
    from: time(question.startTime),
    to: time(question.endTime),
    step: question.step,
    time_zone: question.timeZone,
    course: filter?.courseIds?.join(","),
    version: filter?.courseVersionIds?.join(","),
    destination: filter?.destinationIds?.join(","),
    learner: filter?.learnerIds?.join(","),
    tag: filter?.tags?.join(","),
  };
}

/** The registrations behind a number. */
export function figureExport(question: Question, figure: OpenFigure): Parameters {
  return {
    ...boardExport(question, "registrations"),
    figure: figure.kind,
    figure_from: figure.from?.toString(),
    figure_to: figure.to?.toString(),
    activity: figure.activity,
    question: figure.question,
    answer: figure.answer,
    attempts: figure.attempts?.toString(),
    time_kind: figure.time,
  };
}
