import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { CredentialLimitService } from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import { readAgent } from "../agent/read-agent.ts";
import { defaultLimit, toCredentialLimit } from "./credential-limit.mapper.ts";
import type { CredentialLimitRepository } from "./credential-limit.repository.ts";

/** CredentialLimitService. @param changed is told of every key whose limits changed. */
export function credentialLimitRpc(
  limits: CredentialLimitRepository,
  changed: (tenantId: string, apiKeyId: string) => void,
): ServiceImpl<typeof CredentialLimitService> {
  return {
    async getCredentialLimit({ apiKeyId }, context) {
      const row = await limits.find(organizationOf(context), apiKeyId);
      return { credentialLimit: row ? toCredentialLimit(row) : defaultLimit(apiKeyId) };
    },
    async listCredentialLimits({ page }, context) {
      const tenantId = organizationOf(context);
      const list = `credential limits of ${tenantId}`;
      const start = readPageRequest(page, list);
      const { rows, nextPageToken } = cutPage(await limits.list(tenantId, start), start, list, (row) => [row.apiKeyId]);
      const total = page?.withTotal ? { total: BigInt(await limits.count(tenantId)) } : {};
      return { credentialLimits: rows.map(toCredentialLimit), page: { nextPageToken, ...total } };
    },
    async setCredentialLimit({ credentialLimit }, context) {
      if (credentialLimit === undefined) throw fieldInvalid("credential_limit", "is required");
      const { etag, $typeName: _, $unknown: __, ...fields } = credentialLimit;
      if (fields.authorityJson !== "") readAgent(fields.authorityJson);
      const tenantId = organizationOf(context);
      const row = await limits.replace({ tenantId, ...fields }, etag);
      changed(tenantId, fields.apiKeyId);
      return { credentialLimit: toCredentialLimit(row) };
    },
    async deleteCredentialLimit({ apiKeyId }, context) {
      const tenantId = organizationOf(context);
      await limits.remove(tenantId, apiKeyId);
      changed(tenantId, apiKeyId);
      return {};
    },
  };
}
