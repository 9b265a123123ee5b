import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import { AboutService } from "@coursemesh/proto/coursemesh/lrs/v1/about_pb.ts";
import { ActivityService } from "@coursemesh/proto/coursemesh/lrs/v1/activity_pb.ts";
import { ActivityProfileService } from "@coursemesh/proto/coursemesh/lrs/v1/activity_profile_pb.ts";
import { AgentService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_pb.ts";
import { AgentProfileService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_profile_pb.ts";
import { AttachmentService } from "@coursemesh/proto/coursemesh/lrs/v1/attachment_pb.ts";
import { CredentialLimitService } from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import { ExportService } from "@coursemesh/proto/coursemesh/lrs/v1/export_pb.ts";
import { PersonDeletionService } from "@coursemesh/proto/coursemesh/lrs/v1/person_deletion_pb.ts";
import { PipeService } from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import { RetentionRuleService } from "@coursemesh/proto/coursemesh/lrs/v1/retention_rule_pb.ts";
import { StateService } from "@coursemesh/proto/coursemesh/lrs/v1/state_pb.ts";
import { StatementService } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";

/** Every service of the lrs contract. */
export const lrsServices: readonly DescService[] = [
  AboutService,
  ActivityService,
  ActivityProfileService,
  AgentService,
  AgentProfileService,
  AttachmentService,
  CredentialLimitService,
  ExportService,
  PersonDeletionService,
  PipeService,
  RetentionRuleService,
  StateService,
  StatementService,
];

/** What exists of each service; RPCs that are missing answer NOT_BUILT. */
export interface Handlers {
  readonly export: ServiceImpl<typeof ExportService>;
  readonly personDeletion: ServiceImpl<typeof PersonDeletionService>;
  readonly pipe: ServiceImpl<typeof PipeService>;
  readonly retentionRule: ServiceImpl<typeof RetentionRuleService>;
  readonly about: ServiceImpl<typeof AboutService>;
  readonly activity: ServiceImpl<typeof ActivityService>;
  readonly activityProfile: ServiceImpl<typeof ActivityProfileService>;
  readonly agent: ServiceImpl<typeof AgentService>;
  readonly agentProfile: ServiceImpl<typeof AgentProfileService>;
  readonly attachment: ServiceImpl<typeof AttachmentService>;
  readonly credentialLimit: ServiceImpl<typeof CredentialLimitService>;
  readonly state: ServiceImpl<typeof StateService>;
  readonly statement: Partial<ServiceImpl<typeof StatementService>>;
}

export function lrsRoutes(handlers: Handlers): (router: ConnectRouter) => void {
  return (router) => {
    router.service(AboutService, handlers.about);
    router.service(ActivityService, handlers.activity);
    router.service(ActivityProfileService, handlers.activityProfile);
    router.service(AgentService, handlers.agent);
    router.service(AgentProfileService, handlers.agentProfile);
    router.service(AttachmentService, handlers.attachment);
    router.service(CredentialLimitService, handlers.credentialLimit);
    router.service(ExportService, handlers.export);
    router.service(PersonDeletionService, handlers.personDeletion);
    router.service(PipeService, handlers.pipe);
    router.service(RetentionRuleService, handlers.retentionRule);
    router.service(StateService, handlers.state);
    registerPartly(router, StatementService, handlers.statement);
  };
}
