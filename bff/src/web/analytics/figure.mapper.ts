import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { TimeKind } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import { FigureKind } from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import type { FigureView } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { enumOfText } from "../../contract/enum-text.ts";

/** A number as the service knows it. @throws FIELD_INVALID */
export function toFigure(figure: FigureView | undefined) {
  const { kind = "", from, to, activityId = "", questionId = "", answer = "", attempts = 0 } = figure ?? {};
  const known = enumOfText<FigureKind>(FigureKind, kind);
  if (known === undefined) throw fieldInvalid("figure.kind", `${kind} is no figure`);
  const timed = known === FigureKind.TIMED;
  return {
    figure: known,
    ...{ activityId, questionId, answer, attempts },
    timeKind: enumOfText<TimeKind>(TimeKind, figure?.timeKind ?? "") ?? TimeKind.UNSPECIFIED,
    ...(from !== undefined && (timed ? { timeFromMs: from } : { scoreFrom: from })),
    ...(to !== undefined && (timed ? { timeToMs: to } : { scoreTo: to })),
  };
}
