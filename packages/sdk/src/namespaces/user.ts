import { ApiKeyService } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import { MemberService } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { OrganizationService } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import { SessionService } from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";

/** Organizations, people, sessions and API keys. */
export const user = {
  apiKeys: ApiKeyService,
  members: MemberService,
  organizations: OrganizationService,
  sessions: SessionService,
} as const;
