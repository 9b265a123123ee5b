import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { LearnerService } from "@coursemesh/proto/coursemesh/runtime/v1/learner_pb.ts";
import { PlayerService } from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";

/** One implementation a service. */
export interface Handlers {
  readonly registration: ServiceImpl<typeof RegistrationService>;
  readonly learner: ServiceImpl<typeof LearnerService>;
  readonly launch: ServiceImpl<typeof LaunchService>;
  readonly player: ServiceImpl<typeof PlayerService>;
  readonly journal: ServiceImpl<typeof JournalService>;
}

/** What the runtime answers. */
export const services = [RegistrationService, LearnerService, LaunchService, PlayerService, JournalService];

export function routes(handlers: Handlers): (router: ConnectRouter) => void {
  return (router) => {
    router.service(RegistrationService, handlers.registration);
    router.service(LearnerService, handlers.learner);
    router.service(LaunchService, handlers.launch);
    router.service(PlayerService, handlers.player);
    router.service(JournalService, handlers.journal);
  };
}
