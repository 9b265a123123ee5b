import type { ServiceImpl } from "@connectrpc/connect";
import { unauthenticated } from "@coursemesh/platform/errors/service-error.ts";
import type { IdentityService } from "@coursemesh/proto/coursemesh/user/v1/identity_pb.ts";
import type { UserParts } from "../user-parts.ts";
import { authenticateKey } from "./authenticate-key.ts";
import { authenticateSession } from "./authenticate-session.ts";
import { readAuthorization } from "./authorization-header.ts";
import { bootstrapInstallation } from "./bootstrap-installation.ts";

/** Who somebody from outside is. Only services ask. */
export function identityRpc(parts: UserParts): ServiceImpl<typeof IdentityService> {
  const { config, now } = parts;
  return {
    async authenticateCaller({ authorization }) {
      const credentials = readAuthorization(authorization);
      if (credentials?.kind === "key") {
        const caller = await authenticateKey(parts, credentials.id, credentials.secret);
        if (caller !== undefined) return { caller, maxAgeSeconds: config.CALLER_MAX_AGE_SECONDS };
      }
      if (credentials?.kind === "access token") {
        const known = await authenticateSession(parts, credentials.token);
        if (known !== undefined) {
          const left = Math.floor((known.expiresAt.getTime() - now().getTime()) / 1000);
          return { caller: known.caller, maxAgeSeconds: Math.max(0, Math.min(config.CALLER_MAX_AGE_SECONDS, left)) };
        }
      }
      throw unauthenticated();
    },

    bootstrapInstallation: (request) => bootstrapInstallation(parts, request),
  };
}
