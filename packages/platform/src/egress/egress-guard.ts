import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { EgressAllow } from "./egress-allow.ts";
import { isPublicAddress } from "./public-address.ts";

/** What may be reached at addresses that somebody else chose. */
export interface EgressPolicy {
  readonly allow: EgressAllow;
  /** Whether public hosts may be spoken to without TLS; those on the list always may. */
  readonly plainHttp?: boolean;
}

/** An address as DNS gives it. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** The guard does not let this request out. The message is one clause for people, without the address asked for. */
export class EgressRefused extends Error {
  override readonly name = "EgressRefused";
}

/** Asks the system, as any program on this machine would. */
export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true });

/** Port of a URL, the scheme's own when it names none. */
export function portOf(url: URL): number {
  return url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
}

/**
 * What can be said of a URL without asking DNS: http or https, no user or password in it, an allowed scheme and port.
 * @throws EgressRefused
 */
export function checkUrl(url: URL, policy: EgressPolicy): void {
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new EgressRefused("only http and https are reached");
  if (url.username !== "" || url.password !== "") throw new EgressRefused("it has a user name or password in it");
  const hostname = hostOf(url);
  if (isIP(hostname) === 0) return;
  checkAddresses(url, [hostname], policy);
}

/**
 * The addresses a connection to this URL may be made to: looked up once, every one of them checked. Whoever connects must use these and
 * not ask DNS again, which might answer differently by then.
 * @throws EgressRefused; errors of DNS as they come.
 */
export async function checkedAddresses(
  url: URL,
  policy: EgressPolicy,
  resolve: Resolve = resolveBySystem,
): Promise<readonly ResolvedAddress[]> {
  checkUrl(url, policy);
  const hostname = hostOf(url);
  const family = isIP(hostname);
  if (family !== 0) return [{ address: hostname, family }];
  const addresses = await resolve(hostname);
  const texts = addresses.map(({ address }) => address);
  checkAddresses(url, texts, policy);
  return addresses;
}

function checkAddresses(url: URL, addresses: readonly string[], { allow, plainHttp = false }: EgressPolicy): void {
  const port = portOf(url);
  if (addresses.length === 0) throw new EgressRefused("its host has no address");
  if (allow.host(hostOf(url), port)) return;
  const others = addresses.filter((address) => !allow.address(address, port));
  if (others.length === 0) return;
  // One private address among public ones is how a name is made to point inside.
  if (!others.every(isPublicAddress)) {
    throw new EgressRefused("its host has a private, loopback, link-local or otherwise special address");
  }
  if (url.protocol !== "https:" && !plainHttp) throw new EgressRefused("it has to be https");
  // Mail, name and remote-login servers live below 1024.
  if (port < 1024 && port !== 443 && !(plainHttp && port === 80))
    throw new EgressRefused(`port ${port} is not reached`);
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}
