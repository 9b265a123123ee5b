import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Learner, LearnerSchema } from "@coursemesh/proto/coursemesh/runtime/v1/learner_pb.ts";
import type { LearnerRow } from "./learner.entity.ts";

/** A learner as the contract shows it. @param registrationCount 0 where a learner is shown inside something else. */
export function learnerMessage(learner: LearnerRow, registrationCount = 0): Learner {
  return create(LearnerSchema, {
    id: learner.externalId,
    firstName: learner.firstName,
    lastName: learner.lastName,
    email: learner.email,
    createTime: timestampFromDate(learner.createdAt),
    activityTime: timestampFromDate(learner.activeAt),
    registrationCount,
  });
}
