import { BlockList, isIP } from "node:net";

/**
 * Whether an IP address belongs to the public internet: neither private, loopback, link-local, shared (CGNAT), multicast, reserved, for
 * documentation or benchmarks, nor one that wraps an IPv4 address (mapped, 6to4, NAT64, Teredo), nor a cloud's metadata server.
 * Anything that is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, "ipv4");
  if (family !== 6 || address.includes("%")) return false;
  return globalSix.check(address, "ipv6") && !special.check(address, "ipv6");
}

/** IPv6 addresses are public only inside 2000::/3 (RFC 4291, 2.4); the rest is link-local, unique local, multicast or unassigned. */
const globalSix = new BlockList();
globalSix.addSubnet("2000::", 3, "ipv6");

/** Special-purpose addresses (RFC 6890 and its registries). */
const special = new BlockList();
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
  // Azure answers instances' questions about themselves on this public address.
  ["168.63.129.16", 32],
] as const) {
  special.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  special.addSubnet(network, prefix, "ipv6");
}
