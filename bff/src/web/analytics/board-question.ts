import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import {
  type PeriodSchema,
  type ReportFilterSchema,
  Step,
} from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import type { BoardFilter, BoardQuestion } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { enumOfText } from "../../contract/enum-text.ts";

/** What the services of analytics are asked. */
export interface Asked {
  readonly period: MessageInitShape<typeof PeriodSchema>;
  /** What it is compared with. */
  readonly previous: MessageInitShape<typeof PeriodSchema> | undefined;
  readonly filter: MessageInitShape<typeof ReportFilterSchema>;
  /** End of the last step, 0 for now. */
  readonly end: bigint;
}

/** @throws FIELD_INVALID */
export function readBoardQuestion(question: BoardQuestion | undefined): Asked {
  if (question === undefined || question.startTime <= 0n) throw fieldInvalid("question.start_time", "is required");
  const { startTime, endTime, compareStartTime, compareEndTime, timeZone } = question;
  const step = readStep(question.step);
  return {
    period: periodOf(startTime, endTime, step, timeZone),
    previous: compareStartTime > 0n ? periodOf(compareStartTime, compareEndTime, step, timeZone) : undefined,
    filter: toReportFilter(question.filter),
    end: endTime,
  };
}

/** @param end 0 for now. */
export function periodOf(start: bigint, end: bigint, step: Step, timeZone: string) {
  return {
    startTime: timestampFromMs(Number(start)),
    ...(end > 0n && { endTime: timestampFromMs(Number(end)) }),
    step,
    timeZone,
  };
}

/** Days unless something else is asked for. @throws FIELD_INVALID */
export function readStep(text: string): Step {
  if (text === "") return Step.DAY;
  const step = enumOfText<Step>(Step, text);
  if (step === undefined) throw fieldInvalid("question.step", `${text} is no step`);
  return step;
}

export function toReportFilter(filter: BoardFilter | undefined): MessageInitShape<typeof ReportFilterSchema> {
  const { courseIds = [], courseVersionIds = [], destinationIds = [], tags = [], learnerIds = [] } = filter ?? {};
  return { courseIds, courseVersionIds, destinationIds, tags, learnerIds };
}
