import { JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { LearnerService } from "@coursemesh/proto/coursemesh/runtime/v1/learner_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";

/** Learners, registrations, launches and the journal. */
export const runtime = {
  journal: JournalService,
  launches: LaunchService,
  learners: LearnerService,
  registrations: RegistrationService,
} as const;
