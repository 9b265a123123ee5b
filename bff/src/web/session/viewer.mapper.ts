import type { MessageInitShape } from "@bufbuild/protobuf";
import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";
import { scopeOf } from "@coursemesh/platform/auth/permissions.ts";
import { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import type {
  GetSessionResponse,
  SessionMembership,
  SessionTokens,
} from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";
import type { OrganizationRefSchema, ViewerSchema } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";

/** What the page learns of a session and its new tokens. The refresh token is not in it. */
export function toViewer(session: GetSessionResponse, tokens: SessionTokens): MessageInitShape<typeof ViewerSchema> {
  const { caller, person, memberships } = session;
  const organizations = memberships.map(toOrganizationRef);
  const present = organizations.find((organization) => organization.id === caller?.organizationId);
  return {
    personId: person?.id ?? "",
    name: person?.name ?? "",
    email: person?.email ?? "",
    platformAdministrator: person?.platformAdministrator ?? false,
    ...(present && { organization: present }),
    organizations,
    scopes: (caller?.permissions ?? []).map(scopeOf),
    accessToken: tokens.accessToken,
    accessSeconds: secondsUntil(tokens.accessExpireTime),
  };
}

function toOrganizationRef({
  organization,
  role,
}: SessionMembership): MessageInitShape<typeof OrganizationRefSchema> & { id: string } {
  return {
    id: organization?.id ?? "",
    name: organization?.name ?? "",
    slug: organization?.slug ?? "",
    role: textOfEnum(Role, role),
    logoUrl: organization?.branding?.logoUrl ?? "",
    primaryColor: organization?.branding?.primaryColor ?? "",
  };
}

function secondsUntil(time: Timestamp | undefined): number {
  return time === undefined ? 0 : Math.max(0, Math.floor((timestampMs(time) - Date.now()) / 1000));
}
