import { ActivityService } from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import { GlobalObjectiveService } from "@coursemesh/proto/coursemesh/sequencing/v1/global_objective_pb.ts";
import { SharedDataService } from "@coursemesh/proto/coursemesh/sequencing/v1/shared_data_pb.ts";
import { StepService } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";

/** Activity state of sequenced courses. */
export const sequencing = {
  activities: ActivityService,
  globalObjectives: GlobalObjectiveService,
  sharedData: SharedDataService,
  steps: StepService,
} as const;
