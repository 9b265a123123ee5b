import type { ConnectRouter } from "@connectrpc/connect";
import { ApiKeyService } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import { IdentityService } from "@coursemesh/proto/coursemesh/user/v1/identity_pb.ts";
import { MemberService } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { OrganizationService } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import { SessionService } from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";
import { apiKeyRpc } from "./api-key/api-key.rpc.ts";
import { identityRpc } from "./identity/identity.rpc.ts";
import { memberRpc } from "./member/member.rpc.ts";
import { organizationRpc } from "./organization/organization.rpc.ts";
import { sessionRpc } from "./session/session.rpc.ts";
import type { UserParts } from "./user-parts.ts";

/** What this service answers. */
export const services = [OrganizationService, MemberService, SessionService, ApiKeyService, IdentityService];

export function routes(parts: UserParts): (router: ConnectRouter) => void {
  return (router) => {
    router.service(OrganizationService, organizationRpc(parts));
    router.service(MemberService, memberRpc(parts));
    router.service(SessionService, sessionRpc(parts));
    router.service(ApiKeyService, apiKeyRpc(parts));
    router.service(IdentityService, identityRpc(parts));
  };
}
