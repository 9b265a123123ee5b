import type { Registration } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { Completion, type Score, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { FoundCourse } from "../../catalog/course-directory.ts";
import { isoOf } from "../../contract/timestamp.ts";

/** A `RegistrationSchema`. @param activityDetails the root of its activities, when it was asked for. */
export function toRegistrationSchema(
  registration: Registration,
  { course, versionNumber }: FoundCourse,
  activityDetails?: object,
): object {
  const { learner, instance } = registration;
  const result = instance?.result;
  return {
    id: registration.externalId,
    instance: instance?.number ?? 0,
    updated: isoOf(registration.activityTime ?? registration.createTime),
    registrationCompletion: completionWord(result?.completion),
    registrationCompletionAmount: result?.progress ?? 0,
    registrationSuccess: successWord(result?.success),
    ...(result?.score && { score: toScoreSchema(result.score) }),
    totalSecondsTracked: result?.totalSeconds ?? 0,
    firstAccessDate: isoOf(result?.firstAccessTime),
    lastAccessDate: isoOf(result?.lastAccessTime),
    completedDate: isoOf(instance?.completeTime),
    createdDate: isoOf(registration.createTime),
    ...(course && { course: { id: course.externalId, title: course.title, version: versionNumber } }),
    ...(learner && {
      learner: { id: learner.id, email: learner.email, firstName: learner.firstName, lastName: learner.lastName },
    }),
    tags: registration.tags,
    ...(activityDetails && { activityDetails }),
  };
}

/** Not attempted counts as incomplete, as there. */
export function completionWord(completion: Completion | undefined): string {
  switch (completion) {
    case Completion.COMPLETE:
      return "COMPLETED";
    case Completion.INCOMPLETE:
    case Completion.NOT_ATTEMPTED:
      return "INCOMPLETE";
    default:
      return "UNKNOWN";
  }
}

export function successWord(success: Success | undefined): string {
  if (success === Success.PASSED) return "PASSED";
  return success === Success.FAILED ? "FAILED" : "UNKNOWN";
}

/** Theirs goes from 0 to 100. */
export function toScoreSchema(score: Score): { scaled: number } {
  return { scaled: Math.round(score.scaled * 10_000) / 100 };
}
