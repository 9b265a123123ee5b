import type { MessageInitShape } from "@bufbuild/protobuf";
import type { DistributionStep, DropOffStep } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import type { Figures, TimelinePoint } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import type { RegistrationFacts } from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type {
  ActivityStepRowSchema,
  DistributionBarSchema,
  FactRowSchema,
  FiguresPointSchema,
  FiguresViewSchema,
  NamedFiguresSchema,
} from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { toScoreView } from "../registration/registration-row.mapper.ts";

export function toFiguresView(figures: Figures | undefined): MessageInitShape<typeof FiguresViewSchema> {
  const { statuses, time, completion, pass } = figures ?? {};
  return {
    activeLearners: figures?.activeLearners ?? 0n,
    registrations: figures?.registrations ?? 0n,
    newRegistrations: figures?.newRegistrations ?? 0n,
    launches: figures?.launches ?? 0n,
    completed: completion?.count ?? 0n,
    passed: pass?.count ?? 0n,
    failed: figures?.failed ?? 0n,
    notAttempted: statuses?.notAttempted ?? 0n,
    incomplete: statuses?.incomplete ?? 0n,
    completedOnly: statuses?.completed ?? 0n,
    ...(figures?.averageScoreScaled !== undefined && { averageScore: figures.averageScoreScaled }),
    wallMs: time?.wallMs ?? 0n,
    activeMs: time?.activeMs ?? 0n,
    reportedMs: time?.reportedMs ?? 0n,
    completions: figures?.completions ?? 0n,
    passes: figures?.passes ?? 0n,
    failures: figures?.failures ?? 0n,
  };
}

/** Steps with their ends. @param end of the last, 0 for now. */
export function toPoints(points: readonly TimelinePoint[], end: bigint): MessageInitShape<typeof FiguresPointSchema>[] {
  return points.map(({ startTime, figures }, index) => {
    const next = points[index + 1];
    return {
      startTime: millisOf(startTime),
      endTime: next ? millisOf(next.startTime) : end,
      figures: toFiguresView(figures),
    };
  });
}

export function toNamedFigures(course: {
  readonly courseId: string;
  readonly title: string;
  readonly figures?: Figures | undefined;
}): MessageInitShape<typeof NamedFiguresSchema> {
  return { id: course.courseId, name: course.title, figures: toFiguresView(course.figures) };
}

export function toBar({ from, to, count }: DistributionStep): MessageInitShape<typeof DistributionBarSchema> {
  return { from, to, count };
}

export function toActivityStep(step: DropOffStep): MessageInitShape<typeof ActivityStepRowSchema> {
  const { activityId, title, reached, finished, stopped, time, medianActiveMs } = step;
  return {
    ...{ activityId, title, reached, finished, stopped },
    wallMs: time?.wallMs ?? 0n,
    activeMs: time?.activeMs ?? 0n,
    ...(medianActiveMs !== undefined && { medianActiveMs }),
  };
}

export function toFactRow(facts: RegistrationFacts): MessageInitShape<typeof FactRowSchema> {
  const { result, time } = facts;
  return {
    registrationId: facts.registrationId,
    courseId: facts.courseId,
    courseTitle: facts.courseTitle,
    learnerId: facts.learnerId,
    learnerName: facts.learnerName,
    completion: textOfEnum(Completion, result?.completion ?? Completion.NOT_ATTEMPTED),
    success: textOfEnum(Success, result?.success ?? Success.UNKNOWN),
    ...(result?.score && { score: toScoreView(result.score) }),
    wallMs: time?.wallMs ?? 0n,
    activeMs: time?.activeMs ?? 0n,
    attempts: facts.attemptCount,
    launches: facts.launchCount,
    lastActivityTime: millisOf(facts.lastActivityTime),
    lastActivityId: facts.lastActivityId,
  };
}
