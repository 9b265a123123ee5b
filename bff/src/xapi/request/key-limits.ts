import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Caller, CallerKind } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { CredentialLimitService } from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { LRUCache } from "lru-cache";

/** What was set for a key that concerns its requests as such; the store keeps to the rest. */
export interface KeyLimit {
  /** Assumed for requests that name none; undefined: they are refused. */
  readonly defaultVersion: XapiVersion | undefined;
  /** 0: only the organization's limit holds. */
  readonly requestsPerMinute: number;
}

const NONE: KeyLimit = { defaultVersion: undefined, requestsPerMinute: 0 };

/** How long a key's setting is remembered. */
const TTL_MS = 60_000;

/** Limits of the API key that calls; other callers have none. */
export function keyLimits(clients: Clients): (caller: Caller) => Promise<KeyLimit> {
  const known = new LRUCache<string, KeyLimit>({ max: 10_000, ttl: TTL_MS });

  const ask = async ({ id, organizationId }: Caller): Promise<KeyLimit> => {
    const limits = clients.of(CredentialLimitService);
    const edge = serviceCaller("edge", organizationId);
    const { credentialLimit } = await runAs(edge, () => limits.getCredentialLimit({ apiKeyId: id }));
    if (credentialLimit === undefined) return NONE;
    const { defaultVersion, requestsPerMinute } = credentialLimit;
    return {
      defaultVersion: defaultVersion === XapiVersion.UNSPECIFIED ? undefined : defaultVersion,
      requestsPerMinute,
    };
  };

  return async (caller) => {
    if (caller.kind !== CallerKind.API_KEY) return NONE;
    const key = `${caller.organizationId}:${caller.id}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    try {
      const limit = await ask(caller);
      known.set(key, limit);
      return limit;
    } catch {
      // A store that cannot say its limits does not answer the request itself either.
      return NONE;
    }
  };
}
