import { lookup } from "node:dns/promises";
import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { BlockList, isIP } from "node:net";

/** Which addresses the installation's own network keeps to itself may be reached all the same. */
export interface EgressPolicy {
  /** All of them. */
  readonly allowPrivate: boolean;
  /** Those of these host names, lower case. */
  readonly allowHosts: readonly string[];
}

/** An address as DNS gives it. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

/** The guard does not let this request out. The message is one clause for people, without the address asked for. */
export class EgressRefused extends Error {
  override readonly name = "EgressRefused";
}

/** What a guarded request needs. */
export interface GuardedRequest {
  readonly policy: EgressPolicy;
  readonly signal: AbortSignal;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly resolve?: Resolve;
}

const MAX_REDIRECTS = 5;
const IDLE_MS = 30_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request of which somebody else chose the address. Only http and https; the host's addresses are looked up once, all have to
 * be public, and the connection goes to the address that was checked. Each redirect is checked in the same way; a POST follows none.
 * @throws EgressRefused; errors of DNS and the network as they come.
 */
export async function guardedRequest(start: URL, options: GuardedRequest): Promise<IncomingMessage> {
  let url = start;
  for (let redirects = 0; ; redirects += 1) {
    const address = await checkedAddress(url, options.policy, options.resolve);
    const response = await send(url, address, options);
    const location = response.headers.location;
    if (options.method === "POST" || !REDIRECTS.has(response.statusCode ?? 0) || location === undefined)
      return response;
    response.destroy();
    if (redirects >= MAX_REDIRECTS) throw new EgressRefused(`it redirects more than ${MAX_REDIRECTS} times`);
    if (!URL.canParse(location, url.href)) throw new EgressRefused("it redirects to something that is no address");
    url = new URL(location, url);
  }
}

/** The address a connection to this URL may be made to. @throws EgressRefused */
export async function checkedAddress(url: URL, policy: EgressPolicy, resolve: Resolve = resolveAll): Promise<Address> {
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new EgressRefused("only http and https are fetched");
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(hostname);
  const addresses = family === 0 ? await resolve(hostname) : [{ address: hostname, family }];
  const [first] = addresses;
  if (!first) throw new EgressRefused("its host has no address");
  const exempt = policy.allowPrivate || policy.allowHosts.includes(hostname.toLowerCase());
  // One private address among public ones is how a name is made to point inside after it was checked.
  if (!exempt && addresses.some((it) => isPrivate(it.address))) {
    throw new EgressRefused("its host has a private, loopback or link-local address");
  }
  return first;
}

/** Whether an address is anything but a public one. */
export function isPrivate(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return blocked.check(address, "ipv4");
  if (family !== 6) return true;
  return !publicSix.check(address, "ipv6") || blocked.check(address, "ipv6");
}

const resolveAll: Resolve = (hostname) => lookup(hostname, { all: true });

function send(url: URL, { address, family }: Address, options: GuardedRequest): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  const settings: RequestOptions = {
    method: options.method ?? "GET",
    headers: { "user-agent": "Coursemesh", accept: "*/*", ...options.headers },
    signal: options.signal,
    // A connection of its own: a pooled one might lead to an address that was checked for somebody else.
    agent: false,
    lookup: (_hostname, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url.href, settings, resolve);
    sent.setTimeout(IDLE_MS, () => sent.destroy(new Error(`nothing came for ${IDLE_MS / 1000} seconds`)));
    sent.on("error", reject);
    sent.end(options.body);
  });
}

/** IPv6 addresses are public only inside 2000::/3 (RFC 4291, 2.4); the rest is link-local, unique local, multicast or unassigned. */
const publicSix = new BlockList();
publicSix.addSubnet("2000::", 3, "ipv6");

/** Special-purpose addresses (RFC 6890 and its registries), and those that wrap an IPv4 address. */
const blocked = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  blocked.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  blocked.addSubnet(network, prefix, "ipv6");
}
