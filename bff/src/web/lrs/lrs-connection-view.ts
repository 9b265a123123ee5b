import type { ServiceImpl } from "@connectrpc/connect";
import { scopeOf } from "@coursemesh/platform/auth/permissions.ts";
import { AboutService } from "@coursemesh/proto/coursemesh/lrs/v1/about_pb.ts";
import { CredentialLimitService } from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import { ApiKeyService } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import type { LrsConnectionViewService } from "@coursemesh/proto/coursemesh/web/v1/lrs_connection_view_pb.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { xapiEndpoint } from "../statement/statement-view.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toCredentialLimit, toKeyLimitView } from "./key-limit.mapper.ts";

/** Keys and limits a page shows. */
const ROWS = 500;

const LRS_SCOPE = /^(?:statement|state|profile|lrs):/;

/** How other systems reach the learning record store. */
export function lrsConnectionView(deps: ViewDeps): ServiceImpl<typeof LrsConnectionViewService> {
  const { clients, logger, publicUrl } = deps;
  const limits = clients.of(CredentialLimitService);
  const page = { pageSize: ROWS };

  return {
    async getConnection() {
      const [{ versions }, keys, limited] = await Promise.all([
        clients.of(AboutService).getAbout({}),
        optionalPart("keys", clients.of(ApiKeyService).listApiKeys({ page }), logger),
        optionalPart("limits", limits.listCredentialLimits({ page }), logger),
      ]);
      const limitOf = new Map(limited?.credentialLimits.map((limit) => [limit.apiKeyId, toKeyLimitView(limit)]));
      const rows = (keys?.apiKeys ?? []).map(({ id, name, scopes, expireTime, lastUseTime }) => {
        const limit = limitOf.get(id);
        return {
          id,
          name,
          scopes: scopes.map(scopeOf).filter((scope) => LRS_SCOPE.test(scope)),
          expireTime: millisOf(expireTime),
          lastUseTime: millisOf(lastUseTime),
          ...(limit && { limit }),
        };
      });
      return {
        endpoint: xapiEndpoint(publicUrl),
        versions,
        keys: rows.filter(({ scopes }) => scopes.length > 0),
        keysVisible: keys !== undefined,
        limitsVisible: limited !== undefined,
      };
    },

    async setKeyLimit({ keyId, limit }) {
      const { credentialLimit } = await limits.setCredentialLimit({
        credentialLimit: toCredentialLimit(keyId, limit),
      });
      return credentialLimit ? { limit: toKeyLimitView(credentialLimit) } : {};
    },

    async deleteKeyLimit({ keyId }) {
      await limits.deleteCredentialLimit({ apiKeyId: keyId });
      return {};
    },
  };
}
