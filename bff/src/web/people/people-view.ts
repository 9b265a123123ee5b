import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { permissionOf } from "@coursemesh/platform/auth/permissions.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { LearnerService } from "@coursemesh/proto/coursemesh/runtime/v1/learner_pb.ts";
import { ApiKeyService } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import { MemberService, Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import type { PeopleViewService } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { enumOfText } from "../../contract/enum-text.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toApiKeyRow, toLearnerRow, toMemberRow } from "./people-row.mapper.ts";

/** API keys a page shows. */
const KEYS = 500;

/** People pages: members, learners, API keys. */
export function peopleView({ clients }: ViewDeps): ServiceImpl<typeof PeopleViewService> {
  const members = clients.of(MemberService);
  const keys = clients.of(ApiKeyService);

  return {
    async listMembers({ query, pageSize, pageToken }) {
      const answer = await members.listMembers({ query, page: { pageSize, pageToken, withTotal: true } });
      return {
        members: answer.members.map(toMemberRow),
        nextPageToken: answer.page?.nextPageToken ?? "",
        total: answer.page?.total ?? 0n,
      };
    },

    async createMember({ requestId, name, email, role, password }) {
      const { member } = await members.createMember({
        requestId: requestId || uuidV7(),
        name,
        email,
        role: roleOf(role),
        password,
      });
      return member ? { member: toMemberRow(member) } : {};
    },

    async updateMember({ id, etag, role, active }) {
      const changes = {
        ...(role !== undefined && { role: roleOf(role) }),
        ...(active !== undefined && { active }),
      };
      const { member } = await members.updateMember({
        member: { id, etag, ...changes },
        updateMask: { paths: Object.keys(changes) },
      });
      return member ? { member: toMemberRow(member) } : {};
    },

    async listLearners({ query, pageSize, pageToken }) {
      const page = { pageSize, pageToken, withTotal: true };
      const answer = await clients.of(LearnerService).listLearners({ query, page });
      return {
        learners: answer.learners.map(toLearnerRow),
        nextPageToken: answer.page?.nextPageToken ?? "",
        total: answer.page?.total ?? 0n,
      };
    },

    async listApiKeys() {
      const { apiKeys } = await keys.listApiKeys({ page: { pageSize: KEYS } });
      return { apiKeys: apiKeys.map(toApiKeyRow) };
    },

    async createApiKey({ requestId, name, scopes, expireTime }) {
      const { apiKey, secret } = await keys.createApiKey({
        requestId: requestId || uuidV7(),
        name,
        scopes: scopes.map((scope) => {
          const permission = permissionOf(scope);
          if (permission === undefined) throw fieldInvalid("scopes", `${scope} is not a scope`);
          return permission;
        }),
        ...(expireTime > 0n && { expireTime: timestampFromMs(Number(expireTime)) }),
      });
      return { ...(apiKey && { apiKey: toApiKeyRow(apiKey) }), secret };
    },

    async deleteApiKey({ id }) {
      await keys.deleteApiKey({ id });
      return {};
    },
  };
}

function roleOf(text: string): Role {
  const role = enumOfText<Role>(Role, text);
  if (role === undefined) throw fieldInvalid("role", `${text} is not a role`);
  return role;
}
