import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Caller, CallerKind } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { ApiKeyService } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import { OrganizationService, SubscriptionPlan } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import { LRUCache } from "lru-cache";
import { limitOfPlan, type PlanLimits } from "./plan-limits.ts";

/** How long a plan or a key's own limit is remembered. */
const TTL_MS = 5 * 60_000;

/** Calls an hour that a caller has: the key's own number, else the organization's plan. */
export function callerLimit(clients: Clients, limits: PlanLimits): (caller: Caller) => Promise<number> {
  const known = new LRUCache<string, number>({ max: 10_000, ttl: TTL_MS });

  const ask = async (caller: Caller): Promise<number> => {
    const edge = serviceCaller("edge", caller.organizationId);
    return runAs(edge, async () => {
      if (caller.kind === CallerKind.API_KEY) {
        const { apiKey } = await clients.of(ApiKeyService).getApiKey({ id: caller.id });
        if (apiKey?.rateLimitPerHour) return apiKey.rateLimitPerHour;
      }
      const { organization } = await clients.of(OrganizationService).getOrganization({ id: caller.organizationId });
      return limitOfPlan(organization?.subscription?.plan ?? SubscriptionPlan.UNSPECIFIED, limits);
    });
  };

  return async (caller) => {
    const key = `${caller.kind}:${caller.organizationId}:${caller.id}`;
    const limit = known.get(key) ?? (await ask(caller));
    known.set(key, limit);
    return limit;
  };
}
