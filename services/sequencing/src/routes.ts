import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import { ActivityService } from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import { GlobalObjectiveService } from "@coursemesh/proto/coursemesh/sequencing/v1/global_objective_pb.ts";
import { SessionService } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { SharedDataService } from "@coursemesh/proto/coursemesh/sequencing/v1/shared_data_pb.ts";
import { StepService } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";

/** Every service of the sequencing contract. */
export const sequencingServices: readonly DescService[] = [
  ActivityService,
  GlobalObjectiveService,
  SessionService,
  SharedDataService,
  StepService,
];

/** The contract is there for others to build against; each RPC answers NOT_BUILT until its work lands. */
export function sequencingRoutes(router: ConnectRouter): void {
  for (const service of sequencingServices) registerPartly(router, service, {});
}
