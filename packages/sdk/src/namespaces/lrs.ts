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

/** The learning record store. */
export const lrs = {
  about: AboutService,
  activities: ActivityService,
  activityProfiles: ActivityProfileService,
  agentProfiles: AgentProfileService,
  agents: AgentService,
  attachments: AttachmentService,
  credentialLimits: CredentialLimitService,
  exports: ExportService,
  personDeletions: PersonDeletionService,
  pipes: PipeService,
  retentionRules: RetentionRuleService,
  statements: StatementService,
  states: StateService,
} as const;
