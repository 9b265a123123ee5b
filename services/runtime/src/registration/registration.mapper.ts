import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type Instance,
  InstanceSchema,
  type Registration,
  RegistrationSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { InstanceRow } from "../instance/instance.entity.ts";
import type { LearnerRow } from "../learner/learner.entity.ts";
import { learnerMessage } from "../learner/learner.mapper.ts";
import { resultMessage } from "../result/result.ts";
import { isOpen } from "./lock-registration.ts";
import type { RegistrationRow } from "./registration.entity.ts";

/** A registration with what the contract shows beside it. */
export interface FullRegistration {
  readonly registration: RegistrationRow;
  /** The current one. */
  readonly instance: InstanceRow | undefined;
  readonly learner: LearnerRow | undefined;
}

export function registrationMessage({ registration, instance, learner }: FullRegistration, now: Date): Registration {
  const heard = instance?.lastAccessAt;
  return create(RegistrationSchema, {
    id: registration.id,
    externalId: registration.externalId,
    courseId: registration.courseId,
    ...(learner && { learner: learnerMessage(learner) }),
    ...(instance && { instance: instanceMessage(instance) }),
    instanceCount: registration.instanceCount,
    createTime: timestampFromDate(registration.createdAt),
    ...(registration.firstLaunchedAt && {
      firstLaunchTime: timestampFromDate(registration.firstLaunchedAt),
      activityTime: timestampFromDate(heard ?? registration.updatedAt),
    }),
    sessionOpen: isOpen(instance, now),
    source: registration.source,
    tags: registration.tags,
  });
}

export function instanceMessage(instance: InstanceRow): Instance {
  return create(InstanceSchema, {
    id: instance.id,
    number: instance.number,
    courseVersionId: instance.courseVersionId,
    result: resultMessage(storedResultOf(instance), instance.firstAccessAt, instance.lastAccessAt),
    createTime: timestampFromDate(instance.createdAt),
    ...(instance.completedAt && { completeTime: timestampFromDate(instance.completedAt) }),
    launchCount: instance.launchCount,
  });
}

function storedResultOf(instance: InstanceRow) {
  return {
    completion: instance.completion,
    success: instance.success,
    scoreScaled: instance.scoreScaled ?? null,
    scoreRaw: instance.scoreRaw ?? null,
    scoreMin: instance.scoreMin ?? null,
    scoreMax: instance.scoreMax ?? null,
    totalSeconds: instance.totalSeconds,
    progress: instance.progress,
  };
}
