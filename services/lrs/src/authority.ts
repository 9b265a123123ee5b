import { type Caller, CallerKind } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { Actor } from "@coursemesh/xapi/statement.ts";
import type { CredentialLimits } from "./credential-limit/credential-limits.ts";

const KINDS: ReadonlyMap<CallerKind, string> = new Map([
  [CallerKind.PERSON, "person"],
  [CallerKind.LAUNCH, "launch"],
  [CallerKind.SERVICE, "service"],
]);

/**
 * The agent that vouches for a caller's statements, whatever the statements say: an account in the caller's organization, whose name is the
 * API key's id, or the kind and id of anybody else, for instance `person:<id>`.
 * @param publicUrl where people open the product.
 */
export function authorityOf({ kind, id, organizationId }: Caller, publicUrl: string): Actor {
  const name = kind === CallerKind.API_KEY ? id : `${KINDS.get(kind) ?? "caller"}:${id}`;
  const homePage = `${publicUrl.replace(/\/$/, "")}/organizations/${organizationId}`;
  return { objectType: "Agent", account: { homePage, name } };
}

/** The same, with the agents that keys were given instead. */
export function authorities(publicUrl: string, limits: CredentialLimits): (caller: Caller) => Promise<Actor> {
  return async (caller) => {
    const given = (await limits.of(caller))?.authorityJson;
    return given ? (JSON.parse(given) as Actor) : authorityOf(caller, publicUrl);
  };
}
