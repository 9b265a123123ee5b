import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { PlayerService } from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import { LRUCache } from "lru-cache";

/** What a launch's token opens. */
export interface ResolvedLaunch {
  readonly packageId: string;
  readonly courseVersionId: string;
  /** Who may frame player and content, as sources of CSP; undefined: whom the installation names. */
  readonly frameAncestors: string | undefined;
  /** For calls about the launch's package, in its organization. */
  readonly caller: Caller;
}

/** Finds launches by their tokens, and remembers them for as long as the runtime service allows. */
export interface LaunchDirectory {
  /** @throws LAUNCH_NOT_FOUND, LAUNCH_OVER, UNAVAILABLE */
  resolve(token: string): Promise<ResolvedLaunch>;
}

/** The edge asks in its own name; the token is the credential. */
export const edge: Caller = serviceCaller("bff");

/** Tokens are base64url; anything else is nobody's token and is not asked about. */
export const TOKEN = /^[A-Za-z0-9_-]{20,200}$/;

const MAX_LAUNCHES = 20_000;
const MAX_ORGANIZATIONS = 10_000;

export function launchDirectory(clients: Clients): LaunchDirectory {
  const known = new LRUCache<string, ResolvedLaunch>({ max: MAX_LAUNCHES });
  const asking = new Map<string, Promise<ResolvedLaunch>>();
  // A caller is signed once and then passed on, so the same object is used for all launches of an organization.
  const callers = new LRUCache<string, Caller>({ max: MAX_ORGANIZATIONS });
  const callerFor = (organizationId: string): Caller => {
    const caller = callers.get(organizationId) ?? serviceCaller("bff", organizationId);
    callers.set(organizationId, caller);
    return caller;
  };

  const ask = async (token: string): Promise<ResolvedLaunch> => {
    try {
      const answer = await runAs(edge, () => clients.of(PlayerService).resolveLaunch({ token }));
      const { packageId, courseVersionId, organizationId, maxAgeSeconds } = answer;
      const frameAncestors = framers(answer.frameAncestors);
      const launch = { packageId, courseVersionId, frameAncestors, caller: callerFor(organizationId) };
      if (maxAgeSeconds > 0) known.set(token, launch, { ttl: maxAgeSeconds * 1000 });
      return launch;
    } finally {
      asking.delete(token);
    }
  };

  return {
    resolve(token) {
      const launch = known.get(token);
      if (launch) return Promise.resolve(launch);
      const pending = asking.get(token) ?? ask(token);
      asking.set(token, pending);
      return pending;
    },
  };
}

/** Sources that may stand in a policy, the player's own origin first: content is framed by the player. */
function framers(sources: readonly string[]): string | undefined {
  const safe = sources.filter((source) => /^[^\s;,"]{1,300}$/.test(source));
  return safe.length === 0 ? undefined : ["'self'", ...safe].join(" ");
}
