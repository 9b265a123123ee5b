import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { ActivityService } from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import { GlobalObjectiveService } from "@coursemesh/proto/coursemesh/sequencing/v1/global_objective_pb.ts";
import { SessionService } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { SharedDataService } from "@coursemesh/proto/coursemesh/sequencing/v1/shared_data_pb.ts";
import { StepService } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";

/** One implementation a service. */
export interface Handlers {
  readonly session: ServiceImpl<typeof SessionService>;
  readonly step: ServiceImpl<typeof StepService>;
  readonly activity: ServiceImpl<typeof ActivityService>;
  readonly globalObjective: ServiceImpl<typeof GlobalObjectiveService>;
  readonly sharedData: ServiceImpl<typeof SharedDataService>;
}

/** What the sequencing service answers. */
export const sequencingServices: readonly DescService[] = [
  ActivityService,
  GlobalObjectiveService,
  SessionService,
  SharedDataService,
  StepService,
];

export function sequencingRoutes(handlers: Handlers): (router: ConnectRouter) => void {
  return (router) => {
    router.service(SessionService, handlers.session);
    router.service(StepService, handlers.step);
    router.service(ActivityService, handlers.activity);
    router.service(GlobalObjectiveService, handlers.globalObjective);
    router.service(SharedDataService, handlers.sharedData);
  };
}
