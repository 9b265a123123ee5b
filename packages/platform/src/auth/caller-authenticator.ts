import { createHash } from "node:crypto";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { IdentityService } from "@coursemesh/proto/coursemesh/user/v1/identity_pb.ts";
import { LRUCache } from "lru-cache";
import { unauthenticated } from "../errors/service-error.ts";
import type { Clients } from "../rpc/clients.ts";
import type { Authenticator } from "../rpc/server-interceptors.ts";
import { runAs, serviceCaller } from "./caller.ts";

const edge = serviceCaller("edge");

/**
 * Asks the user service who an `Authorization` header is, and remembers the answer for as long as that service allows.
 * Wrong credentials are not remembered, so that a new key works at once.
 */
export function callerAuthenticator(clients: Clients): Authenticator {
  const known = new LRUCache<string, Caller>({ max: 10_000 });
  const asking = new Map<string, Promise<Caller>>();
  const identity = clients.of(IdentityService);

  const ask = async (authorization: string, key: string): Promise<Caller> => {
    try {
      const { caller, maxAgeSeconds } = await runAs(edge, () => identity.authenticateCaller({ authorization }));
      if (caller === undefined) throw unauthenticated();
      if (maxAgeSeconds > 0) known.set(key, caller, { ttl: maxAgeSeconds * 1000 });
      return caller;
    } catch (error) {
      if (ConnectError.from(error).code === Code.Unauthenticated) throw unauthenticated();
      throw error;
    } finally {
      asking.delete(key);
    }
  };

  return (authorization) => {
    // The header itself is a secret; only its hash is kept.
    const key = createHash("sha256").update(authorization).digest("base64");
    const caller = known.get(key);
    if (caller) return Promise.resolve(caller);
    const pending = asking.get(key) ?? ask(authorization, key);
    asking.set(key, pending);
    return pending;
  };
}
