import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Learner } from "@coursemesh/proto/coursemesh/runtime/v1/learner_pb.ts";
import type { Instance, Registration } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { Completion, type Score, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type {
  InstanceRowSchema,
  RegistrationRowSchema,
  ScoreViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import type { FoundCourse } from "../../catalog/course-directory.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";

export function toRegistrationRow(
  registration: Registration,
  { course, versionNumber }: FoundCourse,
): MessageInitShape<typeof RegistrationRowSchema> {
  const { learner, instance } = registration;
  const result = instance?.result;
  return {
    id: registration.id,
    externalId: registration.externalId,
    learnerId: learner?.id ?? "",
    learnerName: learnerName(learner),
    learnerEmail: learner?.email ?? "",
    courseId: registration.courseId,
    courseTitle: course?.title ?? "",
    versionId: instance?.courseVersionId ?? "",
    versionNumber,
    completion: textOfEnum(Completion, result?.completion ?? Completion.NOT_ATTEMPTED),
    success: textOfEnum(Success, result?.success ?? Success.UNKNOWN),
    ...(result?.score && { score: toScoreView(result.score) }),
    totalSeconds: result?.totalSeconds ?? 0,
    progress: result?.progress ?? 0,
    activityTime: millisOf(registration.activityTime),
    createTime: millisOf(registration.createTime),
    sessionOpen: registration.sessionOpen,
    source: registration.source,
    instanceCount: registration.instanceCount,
  };
}

/** @param versionNumber number of the course version it runs on, 0 when unknown. */
export function toInstanceRow(instance: Instance, versionNumber: number): MessageInitShape<typeof InstanceRowSchema> {
  return {
    id: instance.id,
    // People count tries from 1.
    number: instance.number + 1,
    versionNumber,
    completion: textOfEnum(Completion, instance.result?.completion ?? Completion.NOT_ATTEMPTED),
    success: textOfEnum(Success, instance.result?.success ?? Success.UNKNOWN),
    createTime: millisOf(instance.createTime),
  };
}

export function toScoreView({ scaled, raw, min, max }: Score): MessageInitShape<typeof ScoreViewSchema> {
  return {
    scaled,
    ...(raw !== undefined && { raw }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

/** First and last name, or what is known instead. */
export function learnerName(learner: Learner | undefined): string {
  const name = `${learner?.firstName ?? ""} ${learner?.lastName ?? ""}`.trim();
  return name || (learner?.email ?? "") || (learner?.id ?? "");
}
